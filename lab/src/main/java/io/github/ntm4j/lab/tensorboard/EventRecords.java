package io.github.ntm4j.lab.tensorboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The TFRecord framing: per record its length (8 bytes), the length's checksum (4), the content, the content's checksum (4), all
 * little-endian. A checksum is the CRC32C, rotated right by 15 bits and increased by a constant.
 */
final class EventRecords {
    private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;
    private static final int MAX_RECORD_BYTES = 64 << 20;

    private final InputStream in;
    private long position;
    private long recordStart;
    private boolean cutShort;

    EventRecords(InputStream in) {
        this.in = in;
    }

    static void write(OutputStream out, byte[] content) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(HEADER_BYTES + content.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(content.length);
        record.putInt(checksum(record.array(), Long.BYTES));
        record.put(content);
        record.putInt(checksum(content, content.length));
        out.write(record.array());
    }

    /**
     * The content of the next record; null at the end of the file, or of what was written of it.
     *
     * @throws EventFormatException if a checksum is wrong or the record is larger than 64 MiB
     */
    byte @Nullable [] next() throws IOException {
        recordStart = position;
        byte[] start = take(HEADER_BYTES);
        if (start.length < HEADER_BYTES) {
            cutShort = start.length > 0;
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        long length = header.getLong();
        if (header.getInt() != checksum(start, Long.BYTES)) {
            throw new EventFormatException("the checksum of a record's length is wrong");
        }
        if (length < 0 || length > MAX_RECORD_BYTES) {
            throw new EventFormatException(
                    "a record of " + Long.toUnsignedString(length) + " bytes; at most " + MAX_RECORD_BYTES + " are allowed");
        }
        byte[] content = take((int) length);
        byte[] end = take(Integer.BYTES);
        if (end.length < Integer.BYTES) {
            cutShort = true;
            return null;
        }
        if (ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt() != checksum(content, content.length)) {
            throw new EventFormatException("the checksum of a record is wrong");
        }
        return content;
    }

    /** Reads in small pieces, so that a false length costs no memory. */
    private byte[] take(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        position += bytes.length;
        return bytes;
    }

    /** Where the record of the last {@link #next} begins, in bytes from the start of the file. */
    long recordStart() {
        return recordStart;
    }

    /** Whether the file ends inside a record. */
    boolean cutShort() {
        return cutShort;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }
}
