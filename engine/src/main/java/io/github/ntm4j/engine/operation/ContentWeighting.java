package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.AddressingKernels;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.Arrays;

/**
 * Addressing by content, Graves et al. 2014, eq. 5 and 6: how strongly each row of the memory resembles the key,
 * {@code w(n) = softmax over n of strength K(key, M(n))} with the cosine {@code K(u, v) = u v / (|u| |v|)}. Squared norms below
 * {@link AddressingKernels#SMALLEST_SQUARED_NORM} count as that, so a zero row or key resembles nothing.
 */
public final class ContentWeighting implements Operation {
    /** Floats of a memory that fit in a second-level cache together with their derivatives. */
    private static final int STRETCH = 1 << 15;

    private final Tape tape;
    private final Tensor key;
    private final Tensor strength;
    private final Tensor memory;
    private final Tensor similarity;
    private final Tensor inverseNorm;
    private final Tensor inverseKeyNorm;
    private final Tensor weighting;

    /** Rows of the memory at a time: what several kernels do to them is done while they are in a cache. */
    private final int stretch;

    private ContentWeighting(Tape tape, Tensor key, Tensor strength, Tensor memory) {
        this.tape = tape;
        this.key = key;
        this.strength = strength;
        this.memory = memory;
        int batch = memory.batch();
        int heads = key.lines();
        this.stretch = Rows.padded(STRETCH / memory.lines() + 1);
        this.similarity = tape.allocateValues(batch, heads, memory.size());
        this.inverseNorm = tape.allocateValues(batch, 1, memory.size());
        this.inverseKeyNorm = tape.allocateValues(batch, 1, heads);
        this.weighting = tape.allocate(batch, heads, memory.size());
        tape.reserveScratch(Rows.FIRST + (heads + 1) * weighting.lineStride() + heads * key.size());
    }

    /**
     * Records the content weighting of some heads.
     *
     * @param tape the tape
     * @param key {@code [batch][heads][width]}
     * @param strength {@code [batch][heads][1]}
     * @param memory {@code [batch][width][rows]}
     * @return {@code [batch][heads][rows]}
     */
    public static Tensor of(Tape tape, Tensor key, Tensor strength, Tensor memory) {
        memory.require("memory", memory.batch(), memory.lines(), memory.size());
        key.require("key", memory.batch(), key.lines(), memory.lines());
        strength.require("key strength", memory.batch(), key.lines(), 1);
        ContentWeighting operation = new ContentWeighting(tape, key, strength, memory);
        tape.record(operation);
        return operation.weighting;
    }

    @Override
    public void forward() {
        float[] values = tape.values();
        AddressingKernels kernels = tape.kernels().addressing();
        int heads = key.lines();
        int lineStride = similarity.lineStride();
        for (int b = 0; b < key.batch(); b++) {
            int normsAt = inverseNorm.at(b, 0);
            int similarityAt = similarity.at(b, 0);
            for (int n = 0; n < memory.size(); n += stretch) {
                int rows = Math.min(stretch, memory.size() - n);
                for (int head = 0; head < heads; head++) {
                    int at = similarity.at(b, head) + n;
                    Arrays.fill(values, at, at + Rows.padded(rows), 0f);
                }
                kernels.inverseNorms(
                        values, memory.at(b, 0) + n, memory.lineStride(), memory.lines(), rows, values, normsAt + n);
                tape.kernels()
                        .memory()
                        .accumulateProducts(
                                values,
                                key.at(b, 0),
                                key.lineStride(),
                                heads,
                                values,
                                memory.at(b, 0) + n,
                                memory.lineStride(),
                                memory.lines(),
                                rows,
                                values,
                                similarityAt + n,
                                lineStride);
            }
            for (int head = 0; head < heads; head++) {
                float inverse = inverseNorm(values, key.at(b, head), key.size());
                values[inverseKeyNorm.at(b, 0) + head] = inverse;
                kernels.contentWeighting(
                        values[strength.at(b, head)],
                        inverse,
                        values,
                        normsAt,
                        memory.size(),
                        values,
                        similarity.at(b, head),
                        values,
                        weighting.at(b, head));
            }
        }
    }

    private static float inverseNorm(float[] values, int at, int size) {
        float squares = 0;
        for (int m = 0; m < size; m++) {
            squares = Math.fma(values[at + m], values[at + m], squares);
        }
        return 1f / (float) Math.sqrt(Math.max(squares, AddressingKernels.SMALLEST_SQUARED_NORM));
    }

    @Override
    public void backward() {
        int lineStride = weighting.lineStride();
        int heads = key.lines();
        int shrink = Rows.FIRST;
        int dProduct = shrink + lineStride;
        for (int b = 0; b < key.batch(); b++) {
            Arrays.fill(tape.scratch(), shrink, shrink + lineStride, 0f);
            for (int head = 0; head < heads; head++) {
                cosineBackward(b, head, dProduct + head * lineStride, shrink);
            }
            for (int n = 0; n < memory.size(); n += stretch) {
                int rows = Math.min(stretch, memory.size() - n);
                keyBackward(b, n, rows, dProduct);
                memoryBackward(b, n, rows, dProduct, shrink);
            }
        }
    }

    /** To the derivative by some rows of the memory. */
    private void memoryBackward(int b, int first, int rows, int dProduct, int shrink) {
        tape.kernels()
                .memory()
                .accumulateOuter(
                        tape.values(),
                        key.at(b, 0),
                        key.lineStride(),
                        tape.scratch(),
                        dProduct + first,
                        weighting.lineStride(),
                        key.lines(),
                        tape.gradients(),
                        memory.gradientAt(b, 0) + first,
                        memory.lineStride(),
                        memory.lines(),
                        rows);
        tape.kernels()
                .addressing()
                .shrink(
                        tape.scratch(),
                        shrink + first,
                        tape.values(),
                        memory.at(b, 0) + first,
                        memory.lineStride(),
                        memory.lines(),
                        rows,
                        tape.gradients(),
                        memory.gradientAt(b, 0) + first);
    }

    /** From the derivative by a head's weighting to that by the products of its key with the rows, and through the norms. */
    private void cosineBackward(int b, int head, int dProduct, int shrink) {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        float[] scratch = tape.scratch();
        AddressingKernels kernels = tape.kernels().addressing();
        gradients[strength.gradientAt(b, head)] += kernels.softmaxBackward(
                values[strength.at(b, head)],
                values,
                similarity.at(b, head),
                values,
                weighting.at(b, head),
                gradients,
                weighting.gradientAt(b, head),
                memory.size(),
                scratch,
                dProduct);
        float inverse = values[inverseKeyNorm.at(b, 0) + head];
        float along = kernels.cosineBackward(
                inverse,
                values,
                inverseNorm.at(b, 0),
                values,
                similarity.at(b, head),
                scratch,
                dProduct,
                memory.size(),
                scratch,
                dProduct,
                scratch,
                shrink);
        if (inverse < AddressingKernels.LARGEST_INVERSE_NORM) {
            int keyAt = key.at(b, head);
            int to = key.gradientAt(b, head);
            float factor = along * inverse * inverse;
            for (int m = 0; m < key.size(); m++) {
                gradients[to + m] = Math.fma(-factor, values[keyAt + m], gradients[to + m]);
            }
        }
    }

    /** The derivative by the keys is what the heads would read with the derivatives by their products as weightings. */
    private void keyBackward(int b, int first, int rows, int dProduct) {
        float[] scratch = tape.scratch();
        int heads = key.lines();
        int dKey = dProduct + heads * weighting.lineStride();
        tape.kernels()
                .memory()
                .read(
                        tape.values(),
                        memory.at(b, 0) + first,
                        memory.lineStride(),
                        memory.lines(),
                        rows,
                        heads,
                        scratch,
                        dProduct + first,
                        weighting.lineStride(),
                        scratch,
                        dKey,
                        key.size());
        for (int head = 0; head < heads; head++) {
            tape.kernels()
                    .elements()
                    .add(scratch, dKey + head * key.size(), key.size(), tape.gradients(), key.gradientAt(b, head));
        }
    }
}
