package io.github.ntm4j.core.checkpoint;

import java.nio.ByteBuffer;

/** The element types of a safetensors file that can be read; all become float32. */
enum ElementType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2);

    /** The size of one element in bytes. */
    final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
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
                from.position(from.position() + count * bytes);
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
        }
    }
}
