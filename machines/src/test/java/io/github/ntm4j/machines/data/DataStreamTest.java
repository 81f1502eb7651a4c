package io.github.ntm4j.machines.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.Reading.Format;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DataStreamTest {
    private static final String LINES = "{\"input\":\"ab\",\"target\":\"ba\"}\n{\"input\":\"b\",\"target\":\"b\"}\n";

    @TempDir
    private Path folder;

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static Format format(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return DataStream.of(new ByteArrayInputStream(bytes), name, Format.AUTO).format();
    }

    @ParameterizedTest
    @CsvSource({
        "a.jsonl, '[1', JSON_LINES", "a.json, 1, JSON_LINES", "a.csv, 1, CSV", "A.CSV, 1, CSV", "a.tsv, 1, TSV", "a.txt, 1, CSV",
        "folder.x/Coffee_TRAIN, 1, CSV", "a.csv, '{', JSON_LINES", "a.csv, ' \n{', JSON_LINES", "a.unknown, 1, JSON_LINES",
        "a.txt, Dear diary, JSON_LINES", "a.txt, 'good\tgut', CSV", "<stdin>, 1, JSON_LINES", "a.csv.gz, 1, CSV", "a.jsonl, '\u0093NUMPY', NPY", "a.zip, 'PK\u0003\u0004..x.npy', NPZ",
    })
    void firstBytesAndTheEndingSayHowAFileIsWritten(String name, String text, Format expected) {
        assertThat(format(name, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'\u00ff\u00fea', text in UTF-16", "BZh9, packed by bzip2", "'\u00fd7zXZ\u0000', packed by xz", "'(\u00b5/\u00fd', packed by zstd",
        "PAR1, a Parquet file", "ARROW1, an Arrow file", "'\u0089HDF', an HDF5 file", "'\u0080\u0004x', a pickle of Python",
        "'PK\u0003\u0004 xl/workbook.xml', a spreadsheet (.xlsx)", "'PK\u0003\u0004 data.csv', 'a zip archive, to be unpacked'",
        "%PDF-1.4, a PDF", "SQLite format 3, a database of SQLite",
    })
    void whatCannotBeReadIsNamedForWhatItIs(String text, String kind) {
        assertThatThrownBy(() -> format("a.csv", text))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("a.csv: " + kind)
                .hasMessageContaining("expected JSON Lines, CSV");
    }

    @Test
    void aFileInGzipIsReadWhateverItsName() throws Exception {
        SequenceCoding coding = new SequenceCoding(new Coding.Text("ab"), new Coding.Text("ab"), SequenceCoding.Layout.AFTER);
        byte[] bytes = packed(LINES.getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(folder.resolve("data.jsonl"), bytes);
        Path plain = Files.writeString(folder.resolve("plain.jsonl"), LINES);
        Sequences read = Reading.DEFAULT.sequences(file, coding);
        Sequences expected = Reading.DEFAULT.sequences(plain, coding);
        assertThat(expected).isInstanceOf(SequenceFile.class);
        assertThat(read).isInstanceOf(SequenceList.class);
        assertThat(read.count()).isEqualTo(2);
        assertThat(read.read(1).input()).isEqualTo(expected.read(1).input());
        assertThat(read.sha256()).isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }

    @Test
    void damagedGzipIsRefusedInALine() throws IOException {
        byte[] bytes = packed(LINES.repeat(500).getBytes(StandardCharsets.UTF_8));
        Path cut = Files.write(folder.resolve("cut.jsonl.gz"), Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> readAll(cut)).isInstanceOf(UserException.class).hasMessage(cut + ": damaged gzip: it ends too early");
        bytes[bytes.length - 6] ^= 1;
        Path flipped = Files.write(folder.resolve("flipped.jsonl.gz"), bytes);
        assertThatThrownBy(() -> readAll(flipped)).isInstanceOf(UserException.class).hasMessageStartingWith(flipped + ": damaged gzip: ");
        Path twice = Files.write(folder.resolve("twice.gz"), packed(packed(LINES.getBytes(StandardCharsets.UTF_8))));
        assertThatThrownBy(() -> readAll(twice)).hasMessageStartingWith(twice + ": packed by gzip twice");
    }

    private static void readAll(Path file) {
        try (SequenceReader reader = SequenceReader.open(file, SequenceFormat.ANY)) {
            while (reader.nextLine() != null) {
                // Only whether it can be read counts.
            }
        }
    }

    @Test
    void whatWouldTakeTooMuchMemoryIsRefusedWithTheFigure() {
        HeldBytes held = new HeldBytes("big.csv", 3 << 20);
        held.add(2 << 20);
        assertThat(held.left()).isEqualTo(1 << 20);
        assertThatThrownBy(() -> held.add(2 << 20))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("big.csv: would take more than 3 MiB, a third of the memory there is; give Java more with NTM_JAVA_OPTS");
    }
}
