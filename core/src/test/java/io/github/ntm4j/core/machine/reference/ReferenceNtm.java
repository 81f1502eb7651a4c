package io.github.ntm4j.core.machine.reference;

import io.github.ntm4j.core.machine.NtmConfig;
import io.github.ntm4j.core.machine.NtmConfig.HeadOrder;
import io.github.ntm4j.core.machine.NtmConfig.WriteAddressing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The Neural Turing Machine of Graves, Wayne and Danihelka 2014, with every named option. */
final class ReferenceNtm implements ReferenceMachine {
    private final NtmConfig config;
    private final Map<String, Variable> parameters;

    ReferenceNtm(NtmConfig config, Map<String, Variable> parameters) {
        this.config = config;
        this.parameters = parameters;
    }

    @Override
    public State initialState() {
        List<Variable> hidden = new ArrayList<>();
        List<Variable> cells = new ArrayList<>();
        if (config.type() == NtmConfig.Type.NTM_LSTM) {
            for (int i = 0; i < config.controllerLayers(); i++) {
                LstmLayer.State state = lstm(i).initialState(config.initialController());
                hidden.add(state.hidden());
                cells.add(state.cell());
            }
        }
        return new State(
                hidden,
                cells,
                initialMemory(),
                initialWeightings(config.readHeads(), "initial_read_weighting"),
                initialWeightings(config.writeHeads(), "initial_write_weighting"),
                initialReads());
    }

    private List<Variable> initialMemory() {
        return switch (config.initialMemory()) {
            case LEARNED, RANDOM -> lines("initial_memory", config.rows());
            case CONSTANT -> {
                double[] row = new double[config.width()];
                Arrays.fill(row, config.initialMemoryValue());
                yield constants(config.rows(), row);
            }
        };
    }

    private List<Variable> initialWeightings(int heads, String name) {
        double[] weights = new double[config.rows()];
        return switch (config.initialWeighting()) {
            case LEARNED -> lines(name, heads).stream().map(Variable::softmax).toList();
            case FIRST_ROW -> {
                weights[0] = 1;
                yield constants(heads, weights);
            }
            case UNIFORM -> {
                Arrays.fill(weights, 1.0 / config.rows());
                yield constants(heads, weights);
            }
            case ZERO -> constants(heads, weights);
        };
    }

    private List<Variable> initialReads() {
        return switch (config.initialRead()) {
            case ZERO -> constants(config.readHeads(), new double[config.width()]);
            case LEARNED -> lines("initial_read", config.readHeads());
            case LEARNED_TANH -> lines("initial_read", config.readHeads()).stream().map(Variable::tanh).toList();
        };
    }

    private static List<Variable> constants(int count, double[] vector) {
        return IntStream.range(0, count).mapToObj(i -> Variable.of(vector)).toList();
    }

    private List<Variable> lines(String name, int count) {
        Variable all = parameters.get(name);
        int size = all.size() / count;
        return IntStream.range(0, count).mapToObj(i -> all.slice(i * size, size)).toList();
    }

    @Override
    public Step step(Variable x, State last) {
        List<Variable> hidden = new ArrayList<>();
        List<Variable> cells = new ArrayList<>();
        Variable h = join(x, last.reads());
        for (int i = 0; i < config.controllerLayers(); i++) {
            switch (config.type()) {
                case NTM_LSTM -> {
                    LstmLayer.State state = lstm(i).step(h, new LstmLayer.State(last.hidden().get(i), last.cells().get(i)));
                    hidden.add(state.hidden());
                    cells.add(state.cell());
                    h = state.hidden();
                }
                case NTM_FF -> h = ReferenceHead.squash(config.controllerActivation(), linear("controller.layer_" + i, h));
            }
        }
        List<Variable> memory = last.memory();
        List<Variable> writeWeightings = new ArrayList<>();
        if (config.headOrder() == HeadOrder.WRITE_FIRST) {
            memory = write(h, memory, last.writeWeightings(), writeWeightings);
        }
        List<Variable> readWeightings = new ArrayList<>();
        List<Variable> reads = new ArrayList<>();
        for (int i = 0; i < config.readHeads(); i++) {
            Variable weighting = head("read_head_" + i, h).address(memory, last.readWeightings().get(i));
            readWeightings.add(weighting);
            reads.add(ReferenceHead.read(memory, weighting));
        }
        if (config.headOrder() == HeadOrder.READ_FIRST) {
            memory = write(h, memory, last.writeWeightings(), writeWeightings);
        }
        Variable logits = clipped(linear("output", join(h, reads)), config.outputClip());
        return new Step(logits, new State(hidden, cells, memory, readWeightings, writeWeightings, reads));
    }

    private List<Variable> write(Variable h, List<Variable> memory, List<Variable> last, List<Variable> weightings) {
        List<Variable> written = memory;
        for (int i = 0; i < config.writeHeads(); i++) {
            ReferenceHead head = head("write_head_" + i, h);
            List<Variable> seen = config.writeAddressing() == WriteAddressing.TOGETHER ? memory : written;
            Variable weighting = head.address(seen, last.get(i));
            weightings.add(weighting);
            written = head.write(written, weighting);
        }
        return written;
    }

    private LstmLayer lstm(int layer) {
        return new LstmLayer("controller.lstm_" + layer, config.controllerSize(), parameters);
    }

    private ReferenceHead head(String name, Variable h) {
        return new ReferenceHead(clipped(linear(name, h), config.parameterClip()), config);
    }

    private Variable linear(String name, Variable x) {
        return parameters.get(name + ".weight").product(x).plus(parameters.get(name + ".bias"));
    }

    private static Variable clipped(Variable x, double limit) {
        return limit > 0 ? x.within(-limit, limit) : x;
    }

    private static Variable join(Variable first, List<Variable> others) {
        List<Variable> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return Variable.join(all);
    }
}
