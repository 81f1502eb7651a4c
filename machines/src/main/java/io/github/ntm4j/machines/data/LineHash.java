package io.github.ntm4j.machines.data;

import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;

/** FNV-1a: a number that equal lines have in common. */
final class LineHash {
    private static final long START = 0xcbf29ce484222325L;
    private static final long FACTOR = 0x100000001b3L;

    private long hash = START;

    private LineHash() {}

    /** Over the bytes of a line. */
    static long of(byte[] line, int length) {
        LineHash hash = new LineHash();
        hash.add(line, length);
        return hash.hash;
    }

    /** Over what a line says. */
    static long of(SequenceLine line) {
        LineHash hash = new LineHash();
        hash.add(line.input());
        SequenceSide target = line.target();
        if (target != null) {
            hash.add(target);
        }
        float[] mask = line.mask();
        if (mask != null) {
            hash.add(mask.length, i -> Float.floatToRawIntBits(mask[i]));
        }
        return hash.hash;
    }

    /** Over some numbers; 0 and -0 are one. */
    static long of(float[] values, int from, int count) {
        LineHash hash = new LineHash();
        hash.add(count, i -> Float.floatToRawIntBits(values[from + i] + 0f));
        return hash.hash;
    }

    private void add(SequenceSide side) {
        switch (side) {
            case SequenceSide.Vectors vectors -> {
                add(vectors.width());
                add(vectors.values().length, i -> Float.floatToRawIntBits(vectors.values()[i]));
            }
            case SequenceSide.Symbols symbols -> add(symbols.symbols().length, i -> symbols.symbols()[i]);
            case SequenceSide.Text text -> add(text.characters().length, i -> text.characters()[i]);
            case SequenceSide.Words words -> {
                add(words.steps());
                for (String word : words.words()) {
                    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
                    add(bytes.length);
                    add(bytes, bytes.length);
                }
            }
        }
    }

    private void add(int length, IntUnaryOperator values) {
        add(length);
        for (int i = 0; i < length; i++) {
            add(values.applyAsInt(i));
        }
    }

    private void add(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            hash = (hash ^ (value >>> shift & 0xff)) * FACTOR;
        }
    }

    private void add(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            hash = (hash ^ (bytes[i] & 0xff)) * FACTOR;
        }
    }
}
