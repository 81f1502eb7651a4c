package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.AddressingKernels;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;

/**
 * Addressing by content, Graves et al. 2014, eq. 5 and 6: how strongly each row of the memory resembles the key,
 * {@code w(n) = softmax over n of strength K(key, M(n))} with the cosine {@code K(u, v) = u v / (|u| |v|)}. Squared norms below
 * {@link AddressingKernels#SMALLEST_SQUARED_NORM} count as that, so a zero row or key resembles nothing.
 */
public final class ContentWeighting implements Operation {
    private final Tape tape;
    private final Tensor key;
    private final Tensor strength;
    private final Tensor memory;
    private final Tensor similarity;
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
        this.similarity = tape.allocateValues(batch, heads, memory.size());
        this.inverseNorm = tape.allocateValues(batch, heads, memory.size());
        this.inverseKeyNorm = tape.allocateValues(batch, 1, heads);
        this.weighting = tape.allocate(batch, heads, memory.size());
        tape.reserveScratch(weighting.lineStride());
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
        for (int b = 0; b < key.batch(); b++) {
            for (int head = 0; head < key.lines(); head++) {
                int keyAt = key.at(b, head);
                float norm = 0;
                for (int m = 0; m < key.size(); m++) {
                    norm = Math.fma(values[keyAt + m], values[keyAt + m], norm);
                }
                float inverse = 1f / (float) Math.sqrt(Math.max(norm, AddressingKernels.SMALLEST_SQUARED_NORM));
                values[inverseKeyNorm.at(b, 0) + head] = inverse;
                int similarityAt = similarity.at(b, head);
                kernels.similarity(
                        values,
                        keyAt,
                        inverse,
                        values,
                        memory.at(b, 0),
                        memory.lineStride(),
                        key.size(),
                        memory.size(),
                        values,
                        similarityAt,
                        values,
                        inverseNorm.at(b, head));
                kernels.softmax(
                        values[strength.at(b, head)], values, similarityAt, memory.size(), values, weighting.at(b, head));
            }
        }
    }

    @Override
    public void backward() {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        float[] dSimilarity = tape.scratch();
        AddressingKernels kernels = tape.kernels().addressing();
        for (int b = 0; b < key.batch(); b++) {
            for (int head = 0; head < key.lines(); head++) {
                float inverse = values[inverseKeyNorm.at(b, 0) + head];
                gradients[strength.gradientAt(b, head)] += kernels.softmaxBackward(
                        values[strength.at(b, head)],
                        values,
                        similarity.at(b, head),
                        values,
                        weighting.at(b, head),
                        gradients,
                        weighting.gradientAt(b, head),
                        memory.size(),
                        dSimilarity,
                        0);
                kernels.similarityBackward(
                        values,
                        key.at(b, head),
                        inverse,
                        inverse >= AddressingKernels.LARGEST_INVERSE_NORM,
                        values,
                        memory.at(b, 0),
                        memory.lineStride(),
                        key.size(),
                        memory.size(),
                        values,
                        similarity.at(b, head),
                        values,
                        inverseNorm.at(b, head),
                        dSimilarity,
                        0,
                        gradients,
                        key.gradientAt(b, head),
                        gradients,
                        memory.gradientAt(b, 0));
            }
        }
    }
}
