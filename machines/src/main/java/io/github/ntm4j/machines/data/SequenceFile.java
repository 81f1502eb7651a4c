package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of sequences, in any order. It is read once in full, to check every line and to note where it begins; afterwards a sequence is read
 * when it is asked for, so that the file may be larger than memory: what is kept of a sequence takes 40 bytes. The file must not change
 * meanwhile. Serves any number of threads.
 */
public final class SequenceFile implements Sequences {
    private final Path file;
    private final SequenceCoding coding;
    private final UnknownWords unknown;
    private final SequenceFormat format;
    private final long bytes;
    private final String sha256;
    private int count;
    private long[] starts = new long[64];
    private int[] lengths = new int[64];
    private int[] steps = new int[64];
    private long[] hashes = new long[64];
    private long[] lines = new long[64];
    private long[] answers = new long[64];

    /**
     * Reads a file through.
     *
     * @param file JSON Lines, see {@link SequenceReader}; every line needs a target
     * @param coding how its lines become vectors
     * @throws UserException if it cannot be read, or a line is not one of the coding; names file, line and step
     */
    public SequenceFile(Path file, SequenceCoding coding) {
        this(file, coding, Reading.DEFAULT);
    }

    /**
     * Reads a file through.
     *
     * @param file JSON Lines, see {@link SequenceReader}; every line needs a target
     * @param coding how its lines become vectors
     * @param reading what becomes of other keys, and of words
     * @throws UserException if it cannot be read, or a line is not one of the coding; names file, line and step
     */
    public SequenceFile(Path file, SequenceCoding coding, Reading reading) {
        this.file = file;
        this.format = SequenceFormat.of(coding).withReading(reading).withTargetRequired();
        this.coding = coding;
        this.unknown = new UnknownWords(coding);
        RereadableFile.require(file);
        try (InputStream in = Files.newInputStream(file)) {
            this.bytes = Files.size(file);
            DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            scan(digest);
            this.sha256 = HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        if (count == 0) {
            throw new UserException(file + ": expected sequences, found none");
        }
    }

    private void scan(InputStream in) {
        LineInput text = new LineInput(in, file.toString(), format.maxLineBytes());
        LineDecoder decoder = new LineDecoder(file.toString(), format);
        while (text.next()) {
            SequenceLine line = decoder.parse(text.bytes(), text.length(), text.number());
            SequenceData sequence = decoder.encode(line, coding);
            unknown.see(line);
            if (count == starts.length) {
                grow();
            }
            starts[count] = text.start();
            lengths[count] = text.length();
            steps[count] = sequence.steps();
            hashes[count] = hash(line, text.bytes(), text.length());
            lines[count] = text.number();
            answers[count] = coding.answer(sequence);
            count++;
        }
    }

    /** Over the bytes of a line; over what it says where it may also have keys that mean nothing, such as its number. */
    private long hash(SequenceLine line, byte[] bytes, int length) {
        return format.reading().extraKeys() == Reading.ExtraKeys.IGNORE ? LineHash.of(line) : LineHash.of(bytes, length);
    }

    private void grow() {
        int more = Math.addExact(count, count);
        starts = Arrays.copyOf(starts, more);
        lengths = Arrays.copyOf(lengths, more);
        steps = Arrays.copyOf(steps, more);
        hashes = Arrays.copyOf(hashes, more);
        lines = Arrays.copyOf(lines, more);
        answers = Arrays.copyOf(answers, more);
    }

    @Override
    public Optional<String> notice() {
        return unknown.notice(file.toString());
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public SequenceCoding coding() {
        return coding;
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int steps(int index) {
        return steps[index];
    }

    @Override
    public long hash(int index) {
        return hashes[index];
    }

    @Override
    public long answer(int index) {
        return answers[index];
    }

    @Override
    public SequenceData read(int index) {
        byte[] line = new byte[lengths[index]];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() != bytes) {
                throw changed(null);
            }
            in.seek(starts[index]);
            in.readFully(line);
        } catch (IOException e) {
            throw new RunFailedException(String.valueOf(UserException.cannotRead(file, e).getMessage()), e);
        }
        LineDecoder decoder = new LineDecoder(file.toString(), format);
        SequenceLine parsed;
        try {
            parsed = decoder.parse(line, line.length, lines[index]);
        } catch (UserException e) {
            throw changed(e);
        }
        if (hash(parsed, line, line.length) != hashes[index]) {
            throw changed(null);
        }
        return decoder.encode(parsed, coding);
    }

    private RunFailedException changed(@Nullable UserException cause) {
        String what = file + ": expected the sequences that the training began with, found that the file has changed";
        return cause == null ? new RunFailedException(what) : new RunFailedException(what, cause);
    }
}
