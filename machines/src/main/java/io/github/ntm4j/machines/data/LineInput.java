package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a UTF-8 text, one at a time in one buffer, blank ones skipped. */
final class LineInput implements Closeable {
    private static final int BLOCK = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final String name;
    private final int maxLength;
    private final byte[] block = new byte[BLOCK];
    private int blockPosition;
    private int blockLength;
    private byte[] line = new byte[1024];
    private int length;
    private long number;
    /** Bytes of the text before the block, and before the line. */
    private long blockStart;
    private long start;

    /**
     * A text to be read.
     *
     * @param name what messages call it
     * @param maxLength the most bytes a line may have
     */
    LineInput(InputStream in, String name, int maxLength) {
        this.in = in;
        this.name = name;
        this.maxLength = maxLength;
    }

    /**
     * Goes to the next line that is not blank; false at the end of the text.
     *
     * @throws UserException if it cannot be read, is too long, or is not UTF-8
     */
    boolean next() {
        try {
            while (readLine()) {
                number++;
                if (number == 1 && length >= 3 && Arrays.equals(line, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
                    System.arraycopy(line, 3, line, 0, length -= 3);
                    start = 3;
                }
                if (!isBlank()) {
                    checkText();
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw UserException.cannotRead(name, e);
        }
    }

    /** The bytes of the line, from 0 to {@link #length}; overwritten by the next line. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /** The number of the line, counted from 1, blank lines included. */
    long number() {
        return number;
    }

    /** Bytes of the text before the line. */
    long start() {
        return start;
    }

    private boolean readLine() throws IOException {
        length = 0;
        start = blockStart + blockPosition;
        boolean any = false;
        while (true) {
            if (blockPosition == blockLength) {
                blockStart += blockLength;
                blockPosition = 0;
                blockLength = in.read(block, 0, block.length);
                if (blockLength <= 0) {
                    blockLength = 0;
                    return any;
                }
            }
            any = true;
            int end = blockPosition;
            while (end < blockLength && block[end] != '\n') {
                end++;
            }
            append(end);
            if (end < blockLength) {
                blockPosition = end + 1;
                return true;
            }
            blockPosition = end;
        }
    }

    private void append(int end) {
        int added = end - blockPosition;
        if (added > maxLength - length) {
            throw new UserException(name + ", line " + (number + 1) + ": longer than " + maxLength + " bytes");
        }
        if (length + added > line.length) {
            line = Arrays.copyOf(line, (int) Math.min(maxLength, Math.max(2L * line.length, length + added)));
        }
        System.arraycopy(block, blockPosition, line, length, added);
        length += added;
    }

    private boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private void checkText() {
        boolean ascii = true;
        for (int i = 0; i < length; i++) {
            if (line[i] == 0) {
                throw new UserException(name + ", line " + number + ", byte " + (i + 1) + ": a zero byte; expected JSON in UTF-8");
            }
            ascii &= line[i] > 0;
        }
        if (!ascii) {
            CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
            ByteBuffer bytes = ByteBuffer.wrap(line, 0, length);
            CharBuffer characters = CharBuffer.allocate(1024);
            CoderResult result = CoderResult.OVERFLOW;
            while (result.isOverflow()) {
                result = decoder.decode(bytes, characters.clear(), true);
            }
            if (result.isError()) {
                throw new UserException(name + ", line " + number + ", byte " + (bytes.position() + 1) + ": not valid UTF-8");
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
