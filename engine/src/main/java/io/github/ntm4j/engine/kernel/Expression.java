package io.github.ntm4j.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pointwise arithmetic as data: a list of nodes, each a function of earlier ones, and some of them the outputs. It says nothing of shapes: a
 * kernel evaluates it at every element of {@code [batch][lines][size]}, where an input of one line or of one column counts for all of them.
 * Nothing of it changes.
 */
public final class Expression {
    private final ElementFunction[] functions;
    private final int[][] arguments;
    private final float[] constants;
    private final int[] outputs;
    private final int[] slots;
    private final int slotCount;

    /**
     * A node.
     *
     * @param function what it computes
     * @param a its first argument, an earlier node; of an input, which one it is
     * @param b its second argument
     * @param c its third argument
     * @param constant of a constant, its value
     */
    private record Node(ElementFunction function, int a, int b, int c, float constant) {}

    private Expression(List<Node> nodes, int[] outputs) {
        int count = nodes.size();
        this.functions = new ElementFunction[count];
        this.arguments = new int[3][count];
        this.constants = new float[count];
        this.outputs = outputs;
        for (int n = 0; n < count; n++) {
            Node node = nodes.get(n);
            functions[n] = node.function;
            arguments[0][n] = node.a;
            arguments[1][n] = node.b;
            arguments[2][n] = node.c;
            constants[n] = node.constant;
        }
        this.slots = new int[count];
        this.slotCount = assignSlots();
    }

    /**
     * Number of nodes.
     *
     * @return how many there are
     */
    public int nodes() {
        return functions.length;
    }

    /**
     * What a node computes.
     *
     * @param node the node
     * @return its function
     */
    public ElementFunction function(int node) {
        return functions[node];
    }

    /**
     * An argument of a node.
     *
     * @param node the node
     * @param which 0, 1 or 2
     * @return an earlier node; of an input, which one it is; 0 beyond the function's arguments
     */
    public int argument(int node, int which) {
        return arguments[which][node];
    }

    /**
     * The value of a constant.
     *
     * @param node the node
     * @return its value
     */
    public float constant(int node) {
        return constants[node];
    }

    /**
     * Number of outputs.
     *
     * @return how many there are
     */
    public int outputs() {
        return outputs.length;
    }

    /**
     * The node of an output.
     *
     * @param output which one
     * @return its node
     */
    public int output(int output) {
        return outputs[output];
    }

    /**
     * Where a kernel that evaluates node by node keeps the values of a node: nodes that are never needed at the same time share a place. A node
     * and its arguments never do, and no other node has the place of a constant.
     *
     * @param node the node
     * @return a number from 0 on
     */
    public int slot(int node) {
        return slots[node];
    }

    /**
     * How many places all nodes together need.
     *
     * @return their number
     */
    public int slots() {
        return slotCount;
    }

    private int assignSlots() {
        int[] lastUse = new int[functions.length];
        for (int n = 0; n < functions.length; n++) {
            for (int i = 0; i < functions[n].arguments(); i++) {
                lastUse[arguments[i][n]] = n;
            }
        }
        for (int output : outputs) {
            lastUse[output] = functions.length;
        }
        int count = 0;
        for (int n = 0; n < functions.length; n++) {
            if (functions[n] == ElementFunction.CONSTANT) {
                lastUse[n] = functions.length;
                slots[n] = count++;
            }
        }
        int[] freeFrom = new int[functions.length];
        int constantSlots = count;
        for (int n = 0; n < functions.length; n++) {
            if (functions[n] == ElementFunction.CONSTANT) {
                continue;
            }
            int slot = constantSlots;
            while (slot < count && freeFrom[slot] > n) {
                slot++;
            }
            count = Math.max(count, slot + 1);
            slots[n] = slot;
            freeFrom[slot] = Math.max(lastUse[n], n) + 1;
        }
        return count;
    }

    /** Collects nodes. What is there already is not added again. */
    public static final class Builder {
        private final List<Node> nodes = new ArrayList<>();
        private final Map<Node, Integer> places = new HashMap<>();

        /** Without nodes. */
        public Builder() {}

        /**
         * An input.
         *
         * @param which which one, from 0 on
         * @return its node
         */
        public int input(int which) {
            return place(new Node(ElementFunction.INPUT, which, 0, 0, 0f));
        }

        /**
         * A number.
         *
         * @param value its value
         * @return its node
         */
        public int constant(float value) {
            return place(new Node(ElementFunction.CONSTANT, 0, 0, 0, value));
        }

        /**
         * A function of other nodes.
         *
         * @param function which one
         * @param arguments nodes of this builder, as many as it takes
         * @return its node
         * @throws IllegalArgumentException if there are more or fewer
         */
        public int apply(ElementFunction function, int... arguments) {
            if (arguments.length != function.arguments() || arguments.length == 0) {
                throw new IllegalArgumentException(
                        "expression: expected " + function.arguments() + " arguments of " + function + ", got " + arguments.length);
            }
            int[] padded = Arrays.copyOf(arguments, 3);
            return place(new Node(function, padded[0], padded[1], padded[2], 0f));
        }

        private int place(Node node) {
            Integer known = places.get(node);
            if (known != null) {
                return known;
            }
            nodes.add(node);
            places.put(node, nodes.size() - 1);
            return nodes.size() - 1;
        }

        /**
         * Number of nodes so far.
         *
         * @return how many there are
         */
        public int nodes() {
            return nodes.size();
        }

        /**
         * The expression of what the outputs need.
         *
         * @param outputs nodes
         * @return the expression; inputs keep their numbers
         */
        public Expression build(int... outputs) {
            boolean[] needed = new boolean[nodes.size()];
            for (int output : outputs) {
                needed[output] = true;
            }
            int[] moved = new int[nodes.size()];
            for (int n = nodes.size() - 1; n >= 0; n--) {
                if (needed[n]) {
                    Node node = nodes.get(n);
                    int[] arguments = {node.a, node.b, node.c};
                    for (int i = 0; i < node.function.arguments(); i++) {
                        needed[arguments[i]] = true;
                    }
                }
            }
            List<Node> kept = new ArrayList<>();
            for (int n = 0; n < nodes.size(); n++) {
                if (needed[n]) {
                    moved[n] = kept.size();
                    kept.add(moved(nodes.get(n), moved));
                }
            }
            return new Expression(kept, Arrays.stream(outputs).map(n -> moved[n]).toArray());
        }

        private static Node moved(Node node, int[] moved) {
            int count = node.function.arguments();
            return count == 0
                    ? node
                    : new Node(
                            node.function,
                            moved[node.a],
                            count > 1 ? moved[node.b] : 0,
                            count > 2 ? moved[node.c] : 0,
                            node.constant);
        }
    }
}
