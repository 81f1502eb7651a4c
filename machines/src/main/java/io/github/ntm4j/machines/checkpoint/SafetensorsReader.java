package io.github.ntm4j.machines.checkpoint;

import io.github.ntm4j.machines.checkpoint.SafetensorsHeader.Entry;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a safetensors file from a stream of known length: length and header first, held against the file's size, and only then
 * the values.
 */
final class SafetensorsReader {
    private static final int MAX_CHUNK = 1 << 16;

    private final InputStream in;
    private final long size;
    private final String where;

    private SafetensorsReader(InputStream in, long size, String where) {
        this.in = in;
        this.size = size;
        this.where = where;
    }

    /**
     * Reads the whole stream.
     *
     * @param size the length of the stream
     * @param where what messages call the file
     * @throws UserException if it is not a safetensors file, or damaged
     */
    static Safetensors read(InputStream in, long size, String where) throws IOException {
        return new SafetensorsReader(in, size, where).read();
    }

    private Safetensors read() throws IOException {
        byte[] length = in.readNBytes(Long.BYTES);
        int headerLength = headerLength(length);
        byte[] header = new byte[headerLength];
        header[0] = '{';
        if (in.readNBytes(header, 1, headerLength - 1) != headerLength - 1) {
            throw shrunk();
        }
        String text = decode(header);
        SafetensorsHeader parsed = SafetensorsHeader.parse(text, where);
        List<Entry> inPlace = checkLayout(parsed.entries(), size - Long.BYTES - headerLength);

        SequencedMap<String, String> metadata = new LinkedHashMap<>(parsed.metadata());
        String sum = metadata.remove(SafetensorsChecksum.KEY);
        String sumOf = metadata.remove(SafetensorsChecksum.OF_KEY);
        MessageDigest digest = null;
        if (sum != null || sumOf != null) {
            checkChecksumEntries(sum, sumOf, text, parsed.checksumAt());
            digest = SafetensorsChecksum.digest();
            digest.update(length);
            blankDigits(header, text, parsed.checksumAt());
            digest.update(header);
        }

        Map<String, StoredTensor> read = new HashMap<>();
        for (Entry entry : inPlace) {
            if (!entry.type().isRead()) {
                skip(entry, digest);
                continue;
            }
            read.put(entry.name(), new StoredTensor(entry.name(), entry.shape(), values(entry, digest)));
        }
        if (in.read() != -1) {
            throw shrunk();
        }
        if (digest != null && !HexFormat.of().formatHex(digest.digest()).equals(sum)) {
            throw damage("its content doesn't match its checksum (a program that changes the file must remove the metadata entries "
                    + SafetensorsChecksum.KEY + " and " + SafetensorsChecksum.OF_KEY + ")");
        }
        SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
        SequencedMap<String, String> unread = new LinkedHashMap<>();
        for (Entry entry : parsed.entries()) {
            if (entry.type().isRead()) {
                tensors.put(entry.name(), Objects.requireNonNull(read.get(entry.name())));
            } else {
                unread.put(entry.name(), entry.type().name());
            }
        }
        return new Safetensors(metadata, tensors, unread, digest != null);
    }

    /** Reads up to the first byte of the header, and finds out whether this can be a safetensors file at all. */
    private int headerLength(byte[] length) throws IOException {
        if (size == 0) {
            throw new UserException(where + " is empty; expected a safetensors file");
        }
        int first = in.read();
        if (length.length < Long.BYTES || first != '{') {
            String guess = ForeignFormat.guess(length);
            throw new UserException(where + " is not a safetensors file" + (guess == null ? "" : " but looks like " + guess)
                    + "; expected the length of a JSON header and the header");
        }
        long claimed = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (Long.compareUnsigned(claimed, SafetensorsHeader.MAX_LENGTH) > 0) {
            throw damage("it claims a header of " + Long.toUnsignedString(claimed) + " bytes; at most "
                    + SafetensorsHeader.MAX_LENGTH + " are allowed");
        }
        if (claimed > size - Long.BYTES) {
            throw damage("it was cut short, or claims too much: a header of " + claimed + " bytes in a file of " + size);
        }
        if (claimed < 2) {
            throw damage("it claims a header of " + claimed + " bytes; expected at least {}");
        }
        return (int) claimed;
    }

    private String decode(byte[] header) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
        } catch (CharacterCodingException e) {
            throw new UserException(where + " is damaged: its header is not valid UTF-8", e);
        }
    }

    /** The entries in the order of their data, which must be covered from the first byte to the last without gap or overlap. */
    private List<Entry> checkLayout(List<Entry> entries, long dataLength) {
        List<Entry> inPlace = new ArrayList<>(entries);
        inPlace.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long end = 0;
        long memory = 0;
        for (Entry entry : inPlace) {
            if (entry.begin() != end) {
                throw damage("the data of tensor " + entry.quoted() + " begins at " + entry.begin()
                        + (entry.begin() < end ? ", inside" : ", after a gap behind") + " the data before it, which ends at " + end);
            }
            end = entry.end();
            memory += entry.type().isRead() ? (long) Float.BYTES * entry.size() : 0;
        }
        if (end > dataLength) {
            throw damage("it was cut short: its tensors need " + end + " bytes of data, but it has " + dataLength);
        }
        if (end < dataLength) {
            throw damage("it has " + (dataLength - end) + " bytes more than its tensors need");
        }
        if (memory > Runtime.getRuntime().maxMemory()) {
            throw new UserException(where + " holds " + (memory >> 20) + " MiB of values, more than the memory of this JVM ("
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB); start it with a larger -Xmx");
        }
        return inPlace;
    }

    private void checkChecksumEntries(@Nullable String sum, @Nullable String sumOf, String text, int at) {
        if (sum == null || !SafetensorsChecksum.OF.equals(sumOf)) {
            throw damage("of the metadata entries " + SafetensorsChecksum.KEY + " and " + SafetensorsChecksum.OF_KEY
                    + (sum == null ? " the first is missing" : " the second is missing or not as expected"));
        }
        if (!sum.matches("[0-9a-f]{64}") || !text.startsWith(sum, at + 1)) {
            throw damage("its checksum is not 64 hexadecimal digits");
        }
    }

    /** Writes zeros over the digits of the checksum, whose opening quotation mark is at a place of the text. */
    private static void blankDigits(byte[] header, String text, int at) {
        int begin = text.substring(0, at + 1).getBytes(StandardCharsets.UTF_8).length;
        Arrays.fill(header, begin, begin + SafetensorsChecksum.ZEROS.length(), (byte) '0');
    }

    /** Goes behind the values of a tensor that is not read. */
    private void skip(Entry entry, @Nullable MessageDigest digest) throws IOException {
        byte[] chunk = new byte[(int) Math.min(MAX_CHUNK, entry.end() - entry.begin())];
        for (long left = entry.end() - entry.begin(); left > 0; ) {
            int bytes = (int) Math.min(chunk.length, left);
            if (in.readNBytes(chunk, 0, bytes) != bytes) {
                throw shrunk();
            }
            if (digest != null) {
                digest.update(chunk, 0, bytes);
            }
            left -= bytes;
        }
    }

    private float[] values(Entry entry, @Nullable MessageDigest digest) throws IOException {
        float[] values = new float[entry.size()];
        int perChunk = MAX_CHUNK / entry.type().bytes();
        byte[] chunk = new byte[Math.min(perChunk, values.length) * entry.type().bytes()];
        for (int done = 0; done < values.length; ) {
            int count = Math.min(perChunk, values.length - done);
            int bytes = count * entry.type().bytes();
            if (in.readNBytes(chunk, 0, bytes) != bytes) {
                throw shrunk();
            }
            if (digest != null) {
                digest.update(chunk, 0, bytes);
            }
            entry.type().read(ByteBuffer.wrap(chunk, 0, bytes).order(ByteOrder.LITTLE_ENDIAN), values, done, count);
            done += count;
        }
        return values;
    }

    private UserException damage(String problem) {
        return new UserException(where + " is damaged: " + problem);
    }

    private UserException shrunk() {
        return new UserException("cannot read " + where + ": its size changed while it was read");
    }
}
