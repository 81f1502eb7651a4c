package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.ElementFunction;
import io.github.ntm4j.engine.kernel.Expression;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pointwise arithmetic that is not recorded yet: a function of other chains, a number or a tensor. All functions of a chain have the shape of its
 * result; what is smaller is recorded first, so that nothing is computed more often than it has elements.
 */
final class Chain {
    private final ElementFunction function;
    private final List<Chain> arguments;
    private final float constant;
    private final int batch;
    private final int lines;
    private final int size;

    /** At most so many nodes; those that are shared count each time. */
    private final int nodes;

    private @Nullable Tensor tensor;

    private Chain(ElementFunction function, List<Chain> arguments, float constant, int batch, int lines, int size, int nodes) {
        this.function = function;
        this.arguments = arguments;
        this.constant = constant;
        this.batch = batch;
        this.lines = lines;
        this.size = size;
        this.nodes = nodes;
    }

    static Chain of(Tensor tensor) {
        Chain chain = new Chain(ElementFunction.INPUT, List.of(), 0f, tensor.batch(), tensor.lines(), tensor.size(), 1);
        chain.tensor = tensor;
        return chain;
    }

    static Chain number(double value) {
        return new Chain(ElementFunction.CONSTANT, List.of(), (float) value, 0, 1, 1, 1);
    }

    Chain apply(Tape tape, ElementFunction f, List<Chain> others) {
        List<Chain> all = new ArrayList<>(others);
        all.addFirst(this);
        int sequences = 0;
        int height = 1;
        int width = 1;
        for (Chain x : all) {
            sequences = Math.max(sequences, x.batch);
            height = Math.max(height, x.lines);
            width = Math.max(width, x.size);
        }
        for (Chain x : all) {
            if (x.function != ElementFunction.CONSTANT
                    && (x.batch != sequences || (x.lines != 1 && x.lines != height) || (x.size != 1 && x.size != width))) {
                throw new IllegalArgumentException("operand: expected [%d][%s][%s], got %s (%s)"
                        .formatted(sequences, orOne(height), orOne(width), x, f.name().toLowerCase(Locale.ROOT)));
            }
        }
        int count = 1;
        for (Chain x : all) {
            if (x.function != ElementFunction.CONSTANT && (x.lines != height || x.size != width)) {
                x.on(tape);
            }
            count += x.weight();
        }
        if (count > Pointwise.MOST_NODES) {
            count = 1;
            for (Chain x : all) {
                if (x.function != ElementFunction.CONSTANT) {
                    x.on(tape);
                }
                count += x.weight();
            }
        }
        return new Chain(f, List.copyOf(all), 0f, sequences, height, width, count);
    }

    private static String orOne(int axis) {
        return axis == 1 ? "1" : axis + " or 1";
    }

    private int weight() {
        return tensor == null ? nodes : 1;
    }

    /** Its value on the tape, which is recorded the first time. */
    Tensor on(Tape tape) {
        Tensor known = tensor;
        if (known == null) {
            Collection collection = new Collection();
            int result = collection.add(this);
            known = Pointwise.of(tape, collection.nodes.build(result), collection.operands);
            tensor = known;
        }
        return known;
    }

    /** Nodes and operands of an expression. Chains are equal only if they are the same. */
    private static final class Collection {
        private final Expression.Builder nodes = new Expression.Builder();
        private final List<Tensor> operands = new ArrayList<>();
        private final Map<Chain, Integer> known = new HashMap<>();

        int add(Chain chain) {
            Integer node = known.get(chain);
            if (node == null) {
                node = place(chain);
                known.put(chain, node);
            }
            return node;
        }

        private int place(Chain chain) {
            if (chain.tensor != null) {
                int operand = operands.indexOf(chain.tensor);
                if (operand < 0) {
                    operands.add(chain.tensor);
                    operand = operands.size() - 1;
                }
                return nodes.input(operand);
            }
            if (chain.function == ElementFunction.CONSTANT) {
                return nodes.constant(chain.constant);
            }
            return nodes.apply(chain.function, chain.arguments.stream().mapToInt(this::add).toArray());
        }
    }

    @Override
    public String toString() {
        return "[" + batch + "][" + lines + "][" + size + "]";
    }
}
