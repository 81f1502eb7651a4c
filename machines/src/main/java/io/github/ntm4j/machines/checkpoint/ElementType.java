package io.github.ntm4j.machines.checkpoint;

import java.nio.ByteBuffer;

/**
 * The element types of the safetensors format. Those that are floats of 16 bits or more are read, and become float32; tensors of others are
 * left in the file.
 */
enum ElementType {
    F64(64, true),
    F32(32, true),
    F16(16, true),
    BF16(16, true),
    BOOL(8, false),
    U8(8, false),
    I8(8, false),
    U16(16, false),
    I16(16, false),
    U32(32, false),
    I32(32, false),
    U64(64, false),
    I64(64, false),
    C64(64, false),
    F8_E4M3(8, false),
    F8_E4M3FNUZ(8, false),
    F8_E5M2(8, false),
    F8_E5M2FNUZ(8, false),
    F8_E8M0(8, false),
    F6_E2M3(6, false),
    F6_E3M2(6, false),
    F4(4, false);

    private final int bits;
    private final boolean read;

    ElementType(int bits, boolean read) {
        this.bits = bits;
        this.read = read;
    }

    /** Whether tensors of this type are read. */
    boolean isRead() {
        return read;
    }

    /** The size of some elements in bits. */
    long bits(long count) {
        return count * bits;
    }

    /** The size of one element in bytes, of a type that is read. */
    int bytes() {
        return bits / Byte.SIZE;
    }

    /** Takes {@code count} elements from a little-endian buffer. An F64 is rounded, to infinity if it is too large. */
    void read(ByteBuffer from, float[] to, int offset, int count) {
        switch (this) {
            case F64 -> {
                for (int i = 0; i < count; i++) {
                    to[offset + i] = (float) from.getDouble();
                }
            }
            case F32 -> {
                from.asFloatBuffer().get(to, offset, count);
                from.position(from.position() + count * bytes());
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    to[offset + i] = Float.float16ToFloat(from.getShort());
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    to[offset + i] = Float.intBitsToFloat(from.getShort() << 16);
                }
            }
            default -> throw new IllegalStateException(name());
        }
    }
}
