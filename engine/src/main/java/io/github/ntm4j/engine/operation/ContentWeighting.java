package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.ContentKernels;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.engine.tape.Work;
import java.util.Arrays;

/**
 * Addressing by content, Graves et al. 2014, eq. 5 and 6: how strongly each row of the memory resembles the key,
 * {@code w(n) = softmax over n of strength K(key, M(n))} with the cosine {@code K(u, v) = u v / (|u| |v|)}. Squared norms below
 * {@link ContentKernels#SMALLEST_SQUARED_NORM} count as that, so a zero row or key resembles nothing.
 */
public final class ContentWeighting implements Operation {
    private final Tape tape;
    private final Tensor key;
    private final Tensor strength;
    private final Tensor memory;
    private final Tensor cosine;
    private final Tensor inverseNorm;
    private final Tensor inverseKeyNorm;
    private final Tensor weighting;

    private ContentWeighting(Tape tape, Tensor key, Tensor strength, Tensor memory) {
        this.tape = tape;
        this.key = key;
        this.strength = strength;
        this.memory = memory;
        int batch = memory.batch();
        int heads = key.lines();
        this.cosine = tape.allocateValues(batch, heads, memory.size());
        this.inverseNorm = tape.allocateValues(batch, 1, memory.size());
        this.inverseKeyNorm = tape.allocateValues(batch, 1, heads);
        this.weighting = tape.allocate(batch, heads, memory.size());
        tape.reserveScratch(Rows.FIRST + (heads + 1) * weighting.lineStride());
    }

    /**
     * Records the content weighting of some heads.
     *
     * @param tape the tape
     * @param key {@code [batch][heads][width]}
     * @param strength {@code [batch][heads][1]}
     * @param memory {@code [batch][width][rows]}
     * @return the recorded operation, with the weighting and what it is made of
     */
    public static ContentWeighting of(Tape tape, Tensor key, Tensor strength, Tensor memory) {
        memory.require("memory", memory.batch(), memory.lines(), memory.size());
        key.require("key", memory.batch(), key.lines(), memory.lines());
        strength.require("key strength", memory.batch(), key.lines(), 1);
        ContentWeighting operation = new ContentWeighting(tape, key, strength, memory);
        tape.record(operation);
        return operation;
    }

    /**
     * What a head would attend to by content alone.
     *
     * @return {@code [batch][heads][rows]}
     */
    public Tensor weighting() {
        return weighting;
    }

    /**
     * The cosine of the key and each row, before it is multiplied by the strength.
     *
     * @return {@code [batch][heads][rows]}, values without derivatives
     */
    public Tensor similarity() {
        return cosine;
    }

    /** Keys against rows, and the norms of the rows. */
    @Override
    public Work work() {
        return new Work(2L * key.lines() * cells(), Float.BYTES * cells(), 0);
    }

    @Override
    public Work workBackward() {
        return new Work(2 * work().multiplyAdds(), 0, 3 * Float.BYTES * cells());
    }

    private long cells() {
        return (long) memory.batch() * memory.lines() * memory.size();
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        for (int b = 0; b < key.batch(); b++) {
            int inverseKeyNormAt = inverseKeyNorm.at(b, 0);
            for (int head = 0; head < key.lines(); head++) {
                values[inverseKeyNormAt + head] = inverseNorm(values, key.at(b, head), key.size());
            }
            tape.kernels()
                    .content()
                    .cosines(
                            values,
                            key.at(b, 0),
                            key.lineStride(),
                            values,
                            inverseKeyNormAt,
                            key.lines(),
                            values,
                            memory.at(b, 0),
                            memory.lineStride(),
                            memory.lines(),
                            memory.size(),
                            values,
                            inverseNorm.at(b, 0),
                            values,
                            cosine.at(b, 0),
                            cosine.lineStride());
            for (int head = 0; head < key.lines(); head++) {
                float scale = values[strength.at(b, head)];
                tape.kernels()
                        .addressing()
                        .softmax(scale, values, cosine.at(b, head), memory.size(), values, weighting.at(b, head));
            }
        }
    }

    private static float inverseNorm(float[] values, int at, int size) {
        float squares = 0;
        for (int m = 0; m < size; m++) {
            squares = Math.fma(values[at + m], values[at + m], squares);
        }
        return 1f / (float) Math.sqrt(Math.max(squares, ContentKernels.SMALLEST_SQUARED_NORM));
    }

    @Override
    public void backward() {
        int lineStride = weighting.lineStride();
        int shrink = Rows.FIRST;
        int dProduct = shrink + lineStride;
        for (int b = 0; b < key.batch(); b++) {
            Arrays.fill(tape.scratch(), shrink, shrink + lineStride, 0f);
            for (int head = 0; head < key.lines(); head++) {
                cosinesBackward(b, head, dProduct + head * lineStride, shrink);
            }
            tape.kernels()
                    .content()
                    .productsBackward(
                            tape.values(),
                            key.at(b, 0),
                            key.lineStride(),
                            key.lines(),
                            tape.scratch(),
                            dProduct,
                            lineStride,
                            tape.scratch(),
                            shrink,
                            tape.values(),
                            memory.at(b, 0),
                            memory.lineStride(),
                            memory.lines(),
                            memory.size(),
                            tape.gradients(),
                            memory.gradientAt(b, 0),
                            tape.gradients(),
                            key.gradientAt(b, 0));
        }
    }

    /** From the derivative by a head's weighting to that by the products of its key with the rows, and through the norms. */
    private void cosinesBackward(int b, int head, int dProduct, int shrink) {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        float[] scratch = tape.scratch();
        gradients[strength.gradientAt(b, head)] += tape.kernels()
                .addressing()
                .softmaxBackward(
                        values[strength.at(b, head)],
                        values,
                        cosine.at(b, head),
                        values,
                        weighting.at(b, head),
                        gradients,
                        weighting.gradientAt(b, head),
                        memory.size(),
                        scratch,
                        dProduct);
        float inverse = values[inverseKeyNorm.at(b, 0) + head];
        float along = tape.kernels()
                .content()
                .cosinesBackward(
                        inverse,
                        values,
                        inverseNorm.at(b, 0),
                        values,
                        cosine.at(b, head),
                        scratch,
                        dProduct,
                        memory.size(),
                        scratch,
                        dProduct,
                        scratch,
                        shrink);
        if (inverse < ContentKernels.LARGEST_INVERSE_NORM) {
            int keyAt = key.at(b, head);
            int to = key.gradientAt(b, head);
            float factor = along * inverse * inverse;
            for (int m = 0; m < key.size(); m++) {
                gradients[to + m] = Math.fma(-factor, values[keyAt + m], gradients[to + m]);
            }
        }
    }
}
