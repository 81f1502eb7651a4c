package io.github.ntm4j.machines.machine.reference;

import io.github.ntm4j.machines.layer.InitialVector;
import java.util.Map;

/**
 * A layer of long short-term memory cells.
 *
 * @param name beginning of its parameters' names
 * @param size number of cells
 * @param parameters the machine's parameters
 */
record LstmLayer(String name, int size, Map<String, Variable> parameters) {
    /** The hidden vector and the cells after a step. */
    record State(Variable hidden, Variable cell) {}

    State initialState(InitialVector initial) {
        return switch (initial) {
            case ZERO -> new State(Variable.of(new double[size]), Variable.of(new double[size]));
            case LEARNED -> new State(parameter("initial_hidden"), parameter("initial_cell"));
        };
    }

    State step(Variable x, State last) {
        Variable gates = parameter("weight_input").product(x)
                .plus(parameter("weight_hidden").product(last.hidden()))
                .plus(parameter("bias"));
        Variable input = gates.slice(0, size).sigmoid();
        Variable forget = gates.slice(size, size).sigmoid();
        Variable candidate = gates.slice(2 * size, size).tanh();
        Variable output = gates.slice(3 * size, size).sigmoid();
        Variable cell = forget.times(last.cell()).plus(input.times(candidate));
        return new State(output.times(cell.tanh()), cell);
    }

    private Variable parameter(String part) {
        return parameters.get(name + "." + part);
    }
}
