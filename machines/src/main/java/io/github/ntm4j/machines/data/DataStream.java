package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The bytes of a file of sequences, unpacked where gzip packed them, and how they are to be read. */
final class DataStream implements Closeable {
    private static final int HEAD = 4096;
    private static final int LONGEST_MAGIC = 15;
    private static final int BLOCK = 1 << 16;
    private static final Set<String> TEXTS = Set.of("txt", "dat", "data", "asc");
    private static final Set<String> LINES = Set.of("jsonl", "json", "ndjson");
    private static final String EXPECTED = "; expected JSON Lines, CSV, TSV, .npz or .npy, or one of these in gzip";

    private final DigestInputStream raw;
    private final InputStream in;
    private final boolean packed;
    private final Reading.Format format;

    private DataStream(DigestInputStream raw, InputStream in, boolean packed, Reading.Format format) {
        this.raw = raw;
        this.in = in;
        this.packed = packed;
        this.format = format;
    }

    /**
     * Looks at the first bytes.
     *
     * @param stream the bytes as they stand in the file
     * @param name what messages call it; its ending counts
     * @param wanted how it is to be read
     * @throws UserException if the first bytes are those of something else
     */
    static DataStream of(InputStream stream, String name, Reading.Format wanted) {
        try {
            DigestInputStream raw = new DigestInputStream(stream, MessageDigest.getInstance("SHA-256"));
            InputStream in = new BufferedInputStream(raw, BLOCK);
            byte[] head = head(in);
            boolean packed = begins(head, 0x1f, 0x8b);
            if (packed) {
                in = new BufferedInputStream(new Unpacked(in, name), BLOCK);
                head = head(in);
            }
            refuse(head, name);
            String bare = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz(ip)?$", "");
            return new DataStream(raw, in, packed, format(head, bare, wanted));
        } catch (IOException e) {
            throw UserException.cannotRead(name, e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Unpacks gzip, and says so where it is damaged. */
    private static final class Unpacked extends InputStream {
        private final String name;
        private @Nullable InputStream unpacked;
        private final InputStream from;

        Unpacked(InputStream from, String name) {
            this.from = from;
            this.name = name;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                if (unpacked == null) {
                    unpacked = new GZIPInputStream(from, BLOCK);
                }
                return unpacked.read(into, offset, length);
            } catch (EOFException e) {
                throw new UserException(name + ": damaged gzip: it ends too early", e);
            } catch (ZipException e) {
                throw new UserException(name + ": damaged gzip: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            from.close();
        }
    }

    /** The first bytes, as far as they are there: somebody may be typing them, a line at a time. */
    private static byte[] head(InputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = new byte[HEAD];
        int length = 0;
        boolean enough = false;
        while (!enough) {
            int read = in.read(head, length, HEAD - length);
            length += Math.max(read, 0);
            enough = read <= 0 || length >= LONGEST_MAGIC || head[length - 1] == '\n';
        }
        in.reset();
        return Arrays.copyOf(head, length);
    }

    private static boolean begins(byte[] head, int... bytes) {
        if (head.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((head[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean begins(byte[] head, String text) {
        return begins(head, text.chars().toArray());
    }

    private static void refuse(byte[] head, String name) {
        String kind = kind(head);
        if (kind != null) {
            throw new UserException(name + ": " + kind + EXPECTED);
        }
    }

    /** What a file is that cannot be read, by its first bytes. */
    private static @Nullable String kind(byte[] head) {
        if (begins(head, 0xff, 0xfe) || begins(head, 0xfe, 0xff)) {
            return "text in UTF-16, to be saved in UTF-8";
        }
        if (begins(head, 0x1f, 0x8b)) {
            return "packed by gzip twice";
        }
        if (begins(head, "BZh")) {
            return "packed by bzip2, to be unpacked by `bunzip2`";
        }
        if (begins(head, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return "packed by xz, to be unpacked by `unxz`";
        }
        if (begins(head, 0x28, 0xb5, 0x2f, 0xfd)) {
            return "packed by zstd, to be unpacked by `unzstd`";
        }
        if (begins(head, "PAR1")) {
            return "a Parquet file";
        }
        if (begins(head, "ARROW1")) {
            return "an Arrow file";
        }
        if (begins(head, 0x89, 'H', 'D', 'F')) {
            return "an HDF5 file";
        }
        if (begins(head, "SQLite format 3")) {
            return "a database of SQLite";
        }
        if (begins(head, "%PDF")) {
            return "a PDF";
        }
        if (begins(head, 0xd0, 0xcf, 0x11, 0xe0)) {
            return "an old office document (.xls?), to be saved as CSV";
        }
        if (head.length > 2 && begins(head, 0x80) && head[1] >= 2 && head[1] <= 5) {
            return "a pickle of Python, which is never unpickled: np.savez(file, x=..., y=...) writes .npz";
        }
        if (begins(head, "PK")) {
            String entries = new String(head, StandardCharsets.ISO_8859_1);
            if (entries.contains("xl/") || entries.contains("[Content_Types].xml")) {
                return "a spreadsheet (.xlsx), to be saved as CSV";
            }
            return entries.contains(".npy") ? null : "a zip archive, to be unpacked";
        }
        return null;
    }

    private static Reading.Format format(byte[] head, String name, Reading.Format wanted) {
        if (begins(head, "PK")) {
            return Reading.Format.NPZ;
        }
        if (begins(head, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
            return Reading.Format.NPY;
        }
        String ending = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).replaceFirst("^.*\\.|^[^.]*$", "");
        int first = first(head);
        if (wanted == Reading.Format.NPZ || wanted == Reading.Format.NPY) {
            throw new UserException(name + ": task.format=" + (wanted == Reading.Format.NPZ ? "npz" : "npy")
                    + ": expected arrays of NumPy, found other first bytes");
        }
        if (wanted == Reading.Format.AUTO && (ending.equals("npz") || ending.equals("npy"))) {
            throw new UserException(name + ": expected arrays of NumPy, as the name says, found other first bytes");
        }
        if (wanted != Reading.Format.AUTO && first != '{') {
            return wanted;
        }
        boolean json = first == '{' || first == -1 || LINES.contains(ending) || name.startsWith("<");
        if (!json && (ending.equals("tsv") || ending.equals("tab"))) {
            return Reading.Format.TSV;
        }
        boolean table = ending.equals("csv") || ((ending.isEmpty() || TEXTS.contains(ending)) && looksLikeTable(head, first));
        return table && !json ? Reading.Format.CSV : Reading.Format.JSON_LINES;
    }

    /** Whether the first line has a tab, or begins with a number. */
    private static boolean looksLikeTable(byte[] head, int first) {
        for (int i = 0; i < head.length && head[i] != '\n'; i++) {
            if (head[i] == '\t') {
                return true;
            }
        }
        return Character.isDigit(first) || first == '-' || first == '+' || first == '.';
    }

    /** The first character that is neither white space nor a byte order mark; -1 if there is none. */
    private static int first(byte[] head) {
        for (int i = begins(head, 0xef, 0xbb, 0xbf) ? 3 : 0; i < head.length; i++) {
            if (head[i] != ' ' && head[i] != '\t' && head[i] != '\r' && head[i] != '\n') {
                return head[i] & 0xff;
            }
        }
        return -1;
    }

    /** The bytes, from the first on. */
    InputStream in() {
        return in;
    }

    /** Whether the file is compressed. */
    boolean packed() {
        return packed;
    }

    /** How they are to be read; not {@code AUTO}. */
    Reading.Format format() {
        return format;
    }

    /** The SHA-256 of the file as it stands, in hexadecimal; reads it to its end, and calls it by its name if that fails. */
    String sha256(String name) {
        try {
            byte[] block = new byte[BLOCK];
            while (raw.read(block) >= 0) {
                // Only the digest counts.
            }
            return HexFormat.of().formatHex(raw.getMessageDigest().digest());
        } catch (IOException e) {
            throw UserException.cannotRead(name, e);
        }
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
