package io.github.ntm4j.lab.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The wire format of protocol buffers: a message is a row of fields, each a number, a wire type and a value. */
final class Protobuf {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final byte[] NONE = {};

    private Protobuf() {}

    /**
     * A field as it stands in a message.
     *
     * @param number what it is, in the message's definition
     * @param wireType how its value is written
     * @param bits the value of a varint, fixed32 or fixed64 field
     * @param content the value of a field of bytes, text or message; else empty
     */
    record Field(int number, int wireType, long bits, byte[] content) {
        long asLong() throws EventFormatException {
            return require(VARINT).bits;
        }

        double asDouble() throws EventFormatException {
            return Double.longBitsToDouble(require(FIXED64).bits);
        }

        float asFloat() throws EventFormatException {
            return Float.intBitsToFloat((int) require(FIXED32).bits);
        }

        byte[] asBytes() throws EventFormatException {
            return require(BYTES).content;
        }

        private Field require(int expected) throws EventFormatException {
            if (wireType != expected) {
                throw new EventFormatException("field " + number + " has wire type " + wireType + "; expected " + expected);
            }
            return this;
        }
    }

    /** The fields of a message in their order, one at a time: a message of millions of fields takes no more memory than its largest. */
    static final class Fields {
        private final ByteBuffer in;

        Fields(byte[] message) {
            in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        }

        /** The next field; null behind the last. */
        @Nullable Field next() throws EventFormatException {
            if (!in.hasRemaining()) {
                return null;
            }
            long key = varint(in);
            int wireType = (int) (key & 7);
            long number = key >>> 3;
            if (number < 1 || number >= 1 << 29) {
                throw new EventFormatException("a field with the number " + number);
            }
            long bits = 0;
            byte[] content = NONE;
            switch (wireType) {
                case VARINT -> bits = varint(in);
                case FIXED64 -> bits = require(in, Long.BYTES).getLong();
                case FIXED32 -> bits = require(in, Integer.BYTES).getInt();
                case BYTES -> {
                    long length = varint(in);
                    require(in, length);
                    content = new byte[(int) length];
                    in.get(content);
                }
                default -> throw new EventFormatException("a field of the unknown wire type " + wireType);
            }
            return new Field((int) number, wireType, bits, content);
        }
    }

    private static ByteBuffer require(ByteBuffer in, long bytes) throws EventFormatException {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new EventFormatException("a field that is longer than its message");
        }
        return in;
    }

    private static long varint(ByteBuffer in) throws EventFormatException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = require(in, 1).get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new EventFormatException("an integer of more than 64 bits");
    }

    /** Puts a message together; every method adds a field and returns this. */
    static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Writer varint(int number, long value) {
            key(number, VARINT);
            rawVarint(value);
            return this;
        }

        Writer fixed64(int number, double value) {
            key(number, FIXED64);
            return raw(ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
        }

        Writer fixed32(int number, float value) {
            key(number, FIXED32);
            return raw(ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
        }

        Writer text(int number, String value) {
            return message(number, value.getBytes(StandardCharsets.UTF_8));
        }

        Writer message(int number, byte[] value) {
            key(number, BYTES);
            rawVarint(value.length);
            return raw(value);
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        private Writer raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        private void key(int number, int wireType) {
            rawVarint((long) number << 3 | wireType);
        }

        private void rawVarint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
