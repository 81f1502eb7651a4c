package io.github.ntm4j.core.data;

import io.github.ntm4j.core.config.RunFailedException;
import io.github.ntm4j.core.config.UserException;
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

/**
 * A file of sequences, in any order. It is read once in full, to check every line and to note where it begins; afterwards a sequence is read
 * when it is asked for, so that the file may be larger than memory: what is kept of a sequence takes 40 bytes. The file must not change
 * meanwhile. Serves any number of threads.
 */
public final class SequenceFile implements Sequences {
    private final Path file;
    private final SequenceCoding coding;
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
            SequenceData sequence = decoder.encode(decoder.parse(text.bytes(), text.length(), text.number()), coding);
            if (count == starts.length) {
                grow();
            }
            starts[count] = text.start();
            lengths[count] = text.length();
            steps[count] = sequence.steps();
            hashes[count] = LineHash.of(text.bytes(), text.length());
            lines[count] = text.number();
            answers[count] = coding.answer(sequence);
            count++;
        }
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
                throw changed();
            }
            in.seek(starts[index]);
            in.readFully(line);
        } catch (IOException e) {
            throw new RunFailedException(String.valueOf(UserException.cannotRead(file, e).getMessage()), e);
        }
        if (LineHash.of(line, line.length) != hashes[index]) {
            throw changed();
        }
        LineDecoder decoder = new LineDecoder(file.toString(), format);
        return decoder.encode(decoder.parse(line, line.length, lines[index]), coding);
    }

    private RunFailedException changed() {
        return new RunFailedException(file + ": expected the sequences that the training began with, found that the file has changed");
    }
}
