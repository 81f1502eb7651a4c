package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.tape.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * An operation, or one way to use it, with the samples that it is tried on.
 *
 * @param name what it is
 * @param operation its class
 * @param usual samples on which results and derivatives are compared with double precision
 * @param extreme samples whose results and derivatives have to be finite, and the same bits from all kernels
 */
record Subject(String name, Class<? extends Operation> operation, List<Sample> usual, List<Sample> extreme) {
    /** The sizes of the long axis: around the widths of vectors and blocks, and beyond. */
    static final int[] SIZES = {1, 2, 3, 7, 8, 9, 15, 16, 17, 20, 127, 128, 129, 1000};

    /** Fewer, for one of many that share their loops. */
    private static final int[] FEW_SIZES = {1, 7, 16, 17, 20, 129, 1000};

    interface Sized {
        Sample of(int size, int batch, int heads);
    }

    static Subject of(String name, Class<? extends Operation> operation, Sized usual) {
        return new Subject(name, operation, onAllSizes(usual), List.of());
    }

    /** One of many functions that share what goes wrong at awkward sizes. */
    static Subject onFewSizes(String name, Class<? extends Operation> operation, Sized usual) {
        List<Sample> samples = new ArrayList<>();
        for (int size : FEW_SIZES) {
            for (int batch = 1; batch <= 2; batch++) {
                samples.add(usual.of(size, batch, size == 20 ? 1 : 1 + size % 2));
            }
        }
        return new Subject(name, operation, samples, List.of());
    }

    Subject with(List<Sample> more) {
        List<Sample> all = new ArrayList<>(usual);
        all.addAll(more);
        return new Subject(name, operation, all, extreme);
    }

    Subject withExtreme(List<Sample> more) {
        return new Subject(name, operation, usual, more);
    }

    List<Sample> all() {
        List<Sample> all = new ArrayList<>(usual);
        all.addAll(extreme);
        return all;
    }

    /** A sample of moderate size. */
    Sample typical() {
        return usual.stream()
                .filter(sample -> sample.description().contains("[20]") && sample.description().contains("batch 2"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Sample> onAllSizes(Sized sized) {
        List<Sample> samples = new ArrayList<>();
        for (int size : SIZES) {
            for (int batch : new int[] {1, 2, 5}) {
                for (int heads = 1; heads <= 2; heads++) {
                    if (size <= 20 || batch != 5 || heads == 1) {
                        samples.add(sized.of(size, batch, heads));
                    }
                }
            }
        }
        return samples;
    }

    /** Names a sample by its sizes. */
    static String described(String name, int size, int batch, int heads) {
        return name + " [" + size + "], batch " + batch + ", heads " + heads;
    }
}
