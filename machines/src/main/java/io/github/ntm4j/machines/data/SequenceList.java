package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Sequences in memory. They must not change. */
public final class SequenceList implements Sequences {
    private final List<SequenceLine> lines;
    private final SequenceCoding coding;
    private final UnknownWords unknown;
    private final LineDecoder decoder;
    private final String sha256;
    private final HoldBack holdBack;
    private final int[] steps;
    private final long[] hashes;
    private final long[] answers;

    /**
     * Sequences that are there already.
     *
     * @param name what messages call them
     * @param lines the sequences, each with a target
     * @param coding how they become vectors
     * @throws UserException if there are none, or one of them is not of the coding; names the sequence and the step
     */
    public SequenceList(String name, List<SequenceLine> lines, SequenceCoding coding) {
        this(new LineDecoder(name, SequenceFormat.of(coding).withTargetRequired(), "sequence"), lines, coding, "", new HoldBack.Any());
    }

    /**
     * Sequences that were read from a file.
     *
     * @param decoder knows their form, and what messages call them
     * @param sha256 of the file; empty to take one of the sequences
     * @param holdBack which of them may be held back
     */
    SequenceList(LineDecoder decoder, List<SequenceLine> lines, SequenceCoding coding, String sha256, HoldBack holdBack) {
        this.lines = lines;
        this.coding = coding;
        this.unknown = new UnknownWords(coding);
        this.holdBack = holdBack;
        this.decoder = decoder;
        if (lines.isEmpty()) {
            throw new UserException(decoder.name() + ": expected sequences, found none");
        }
        steps = new int[lines.size()];
        hashes = new long[lines.size()];
        answers = new long[lines.size()];
        for (int i = 0; i < steps.length; i++) {
            SequenceLine line = lines.get(i);
            decoder.requireForm(line);
            unknown.see(line);
            SequenceData sequence = decoder.encode(line, coding);
            steps[i] = sequence.steps();
            answers[i] = coding.answer(sequence);
            hashes[i] = LineHash.of(line);
        }
        this.sha256 = sha256.isEmpty() ? sha256(hashes) : sha256;
    }

    private static String sha256(long[] hashes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long hash : hashes) {
                digest.update(ByteBuffer.allocate(Long.BYTES).putLong(hash).flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Optional<String> notice() {
        return unknown.notice(decoder.name());
    }

    @Override
    public String name() {
        return decoder.name();
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
        return steps.length;
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
        return decoder.encode(lines.get(Objects.checkIndex(index, steps.length)), coding);
    }

    @Override
    public HoldBack holdBack() {
        return holdBack;
    }
}
