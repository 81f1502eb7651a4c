package io.github.ntm4j.machines.machine.reference;

import io.github.ntm4j.machines.lstm.LstmConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The baseline: LSTM layers on top of one another and a linear output. */
final class ReferenceLstm implements ReferenceMachine {
    private final LstmConfig config;
    private final Map<String, Variable> parameters;
    private final List<LstmLayer> layers = new ArrayList<>();

    ReferenceLstm(LstmConfig config, Map<String, Variable> parameters) {
        this.config = config;
        this.parameters = parameters;
        for (int i = 0; i < config.controllerLayers(); i++) {
            layers.add(new LstmLayer("controller.lstm_" + i, config.controllerSize(), parameters));
        }
    }

    @Override
    public State initialState() {
        return state(layers.stream().map(layer -> layer.initialState(config.initialController())).toList());
    }

    private static State state(List<LstmLayer.State> layers) {
        return new State(
                layers.stream().map(LstmLayer.State::hidden).toList(),
                layers.stream().map(LstmLayer.State::cell).toList(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public Step step(Variable x, State last) {
        List<LstmLayer.State> states = new ArrayList<>();
        Variable h = x;
        for (int i = 0; i < layers.size(); i++) {
            LstmLayer.State state = layers.get(i).step(h, new LstmLayer.State(last.hidden().get(i), last.cells().get(i)));
            states.add(state);
            h = state.hidden();
        }
        return new Step(parameters.get("output.weight").product(h).plus(parameters.get("output.bias")), state(states));
    }
}
