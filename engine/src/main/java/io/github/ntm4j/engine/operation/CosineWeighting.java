package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.engine.tape.Work;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Addressing by content as the Differentiable Neural Computer does it, Graves et al. 2016: {@code w(n) = softmax over n of strength K(key, M(n))}, where
 * the {@link Cosine} K differs between publications in what it does about words that are zero. With a mask, Csordas and Schmidhuber 2019, section
 * 3.1, a head says which part of key and words it looks at: {@code K(key * mask, M(n) * mask)}. The Neural Turing Machine's is
 * {@link ContentWeighting}.
 */
public final class CosineWeighting implements Operation {
    private final Tape tape;
    private final Tensor key;
    private final @Nullable Tensor mask;
    private final Tensor strength;
    private final Tensor memory;
    private final Cosine cosine;

    /** The key as it is compared: the key itself, or with its mask. */
    private final Tensor compared;

    /** Norms of the keys, {@code [batch][1][heads]}. */
    private final Tensor keyNorm;

    /** Norms of the words, {@code [batch][heads or 1][rows]}: with masks each head sees others. */
    private final Tensor norm;

    private final Tensor similarity;
    private final Tensor weighting;

    private CosineWeighting(Tape tape, Tensor key, @Nullable Tensor mask, Tensor strength, Tensor memory, Cosine cosine) {
        this.tape = tape;
        this.key = key;
        this.mask = mask;
        this.strength = strength;
        this.memory = memory;
        this.cosine = cosine;
        int batch = memory.batch();
        int heads = key.lines();
        this.compared = mask == null ? key : tape.allocateValues(batch, heads, key.size());
        this.keyNorm = tape.allocateValues(batch, 1, heads);
        this.norm = tape.allocateValues(batch, mask == null ? 1 : heads, memory.size());
        this.similarity = tape.allocateValues(batch, heads, memory.size());
        this.weighting = tape.allocate(batch, heads, memory.size());
        int lines = (heads + 1) * weighting.lineStride();
        tape.reserveScratch(Rows.FIRST + lines + 2 * Rows.padded(key.size()));
    }

    /**
     * Records the content weighting of some heads.
     *
     * @param tape the tape
     * @param key {@code [batch][heads][width]}
     * @param strength {@code [batch][heads][1]}
     * @param memory {@code [batch][width][rows]}
     * @param cosine which cosine
     * @return the recorded operation, with the weighting and what it is made of
     */
    public static CosineWeighting of(Tape tape, Tensor key, Tensor strength, Tensor memory, Cosine cosine) {
        return recorded(tape, key, null, strength, memory, cosine);
    }

    /**
     * Records the content weighting of some heads that look through masks.
     *
     * @param tape the tape
     * @param key {@code [batch][heads][width]}
     * @param mask what counts of key and words, 0 to 1, {@code [batch][heads][width]}
     * @param strength {@code [batch][heads][1]}
     * @param memory {@code [batch][width][rows]}
     * @param cosine which cosine
     * @return the recorded operation, with the weighting and what it is made of
     */
    public static CosineWeighting of(
            Tape tape, Tensor key, Tensor mask, Tensor strength, Tensor memory, Cosine cosine) {
        mask.require("mask", memory.batch(), key.lines(), memory.lines());
        return recorded(tape, key, mask, strength, memory, cosine);
    }

    private static CosineWeighting recorded(
            Tape tape, Tensor key, @Nullable Tensor mask, Tensor strength, Tensor memory, Cosine cosine) {
        memory.require("memory", memory.batch(), memory.lines(), memory.size());
        key.require("key", memory.batch(), key.lines(), memory.lines());
        strength.require("key strength", memory.batch(), key.lines(), 1);
        CosineWeighting operation = new CosineWeighting(tape, key, mask, strength, memory, cosine);
        tape.record(operation);
        return operation;
    }

    /**
     * What a head attends to by content.
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
        return similarity;
    }

    /** The product with the key and the norm of the words, for each head. */
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
            for (int head = 0; head < key.lines(); head++) {
                if (mask != null) {
                    multiply(values, key.at(b, head), mask.at(b, head), compared.at(b, head));
                }
                values[keyNorm.at(b, 0) + head] = norm(values, compared.at(b, head));
            }
            similarities(values, b);
            for (int head = 0; head < key.lines(); head++) {
                float scale = values[strength.at(b, head)];
                tape.kernels()
                        .addressing()
                        .softmax(scale, values, similarity.at(b, head), memory.size(), values, weighting.at(b, head));
            }
        }
    }

    private void multiply(float[] values, int x, int y, int to) {
        for (int m = 0; m < key.size(); m++) {
            values[to + m] = values[x + m] * values[y + m];
        }
    }

    private float norm(float[] values, int at) {
        float squares = 0;
        for (int m = 0; m < key.size(); m++) {
            squares = Math.fma(values[at + m], values[at + m], squares);
        }
        return cosine.norm(squares);
    }

    private void similarities(float[] values, int b) {
        if (mask == null) {
            tape.kernels()
                    .similarities()
                    .similarities(
                            values,
                            key.at(b, 0),
                            key.lineStride(),
                            keyNorm.at(b, 0),
                            key.lines(),
                            memory.at(b, 0),
                            memory.lineStride(),
                            memory.lines(),
                            memory.size(),
                            cosine.inSquares(),
                            cosine.floor(),
                            cosine.inProduct(),
                            norm.at(b, 0),
                            similarity.at(b, 0),
                            similarity.lineStride());
            return;
        }
        for (int head = 0; head < key.lines(); head++) {
            tape.kernels()
                    .similarities()
                    .maskedSimilarities(
                            values,
                            compared.at(b, head),
                            mask.at(b, head),
                            values[keyNorm.at(b, 0) + head],
                            memory.at(b, 0),
                            memory.lineStride(),
                            memory.lines(),
                            memory.size(),
                            cosine.inSquares(),
                            cosine.floor(),
                            cosine.inProduct(),
                            norm.at(b, head),
                            similarity.at(b, head));
        }
    }

    @Override
    public void backward() {
        float[] scratch = tape.scratch();
        int lineStride = weighting.lineStride();
        int shrink = Rows.FIRST;
        int dProduct = shrink + lineStride;
        for (int b = 0; b < key.batch(); b++) {
            Arrays.fill(scratch, shrink, shrink + lineStride, 0f);
            for (int head = 0; head < key.lines(); head++) {
                int products = dProduct + head * lineStride;
                float along = similaritiesBackward(b, head, products, shrink);
                if (mask != null) {
                    maskedBackward(b, head, products, shrink, along, mask);
                    Arrays.fill(scratch, shrink, shrink + lineStride, 0f);
                } else {
                    float factor = normFactor(b, head, along);
                    int keyAt = key.at(b, head);
                    int to = key.gradientAt(b, head);
                    for (int m = 0; m < key.size(); m++) {
                        tape.gradients()[to + m] = Math.fma(-factor, tape.values()[keyAt + m], tape.gradients()[to + m]);
                    }
                }
            }
            if (mask == null) {
                productsBackward(b, dProduct, shrink);
            }
        }
    }

    /** From the derivative by a head's weighting to those by products and norms; returns what is lost when the norm of the key grows. */
    private float similaritiesBackward(int b, int head, int products, int shrink) {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        gradients[strength.gradientAt(b, head)] += tape.kernels()
                .addressing()
                .softmaxBackward(
                        values[strength.at(b, head)],
                        values,
                        similarity.at(b, head),
                        values,
                        weighting.at(b, head),
                        gradients,
                        weighting.gradientAt(b, head),
                        memory.size(),
                        tape.scratch(),
                        products);
        return tape.kernels()
                .similarities()
                .similaritiesBackward(
                        values[keyNorm.at(b, 0) + head],
                        cosine.inProduct(),
                        cosine.smallestNorm(),
                        values,
                        norm.at(b, mask == null ? 0 : head),
                        similarity.at(b, head),
                        memory.size(),
                        tape.scratch(),
                        products,
                        shrink);
    }

    /** How much of itself a key's derivative loses by its norm. */
    private float normFactor(int b, int head, float along) {
        float norm = tape.values()[keyNorm.at(b, 0) + head];
        return norm > cosine.smallestNorm() ? along / norm : 0f;
    }

    private void productsBackward(int b, int dProduct, int shrink) {
        tape.kernels()
                .content()
                .productsBackward(
                        tape.values(),
                        key.at(b, 0),
                        key.lineStride(),
                        key.lines(),
                        tape.scratch(),
                        dProduct,
                        weighting.lineStride(),
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

    private void maskedBackward(int b, int head, int products, int shrink, float along, Tensor heads) {
        float[] values = tape.values();
        float[] gradients = tape.gradients();
        float[] scratch = tape.scratch();
        int byKey = Rows.FIRST + (key.lines() + 1) * weighting.lineStride();
        int byMask = byKey + Rows.padded(key.size());
        tape.kernels()
                .similarities()
                .maskedProductsBackward(
                        values,
                        compared.at(b, head),
                        heads.at(b, head),
                        memory.at(b, 0),
                        memory.lineStride(),
                        memory.lines(),
                        memory.size(),
                        scratch,
                        products,
                        shrink,
                        byKey,
                        byMask,
                        gradients,
                        memory.gradientAt(b, 0));
        float factor = normFactor(b, head, along);
        int maskedAt = compared.at(b, head);
        int keyAt = key.at(b, head);
        int maskAt = heads.at(b, head);
        int dKey = key.gradientAt(b, head);
        int dMask = heads.gradientAt(b, head);
        for (int m = 0; m < key.size(); m++) {
            float d = Math.fma(-factor, values[maskedAt + m], scratch[byKey + m]);
            gradients[dKey + m] = Math.fma(d, values[maskAt + m], gradients[dKey + m]);
            gradients[dMask + m] += Math.fma(d, values[keyAt + m], scratch[byMask + m]);
        }
    }
}
