package io.github.ntm4j.machines.machine.reference;

import io.github.ntm4j.machines.ntm.NtmConfig.HeadOrder;
import io.github.ntm4j.machines.ntm.NtmConfig.WriteAddressing;
import io.github.ntm4j.machines.ntm.NtmConfig;
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
            for (int i = 0; i < config.controller().layers(); i++) {
                LstmLayer.State state = lstm(i).initialState(config.start().controller());
                hidden.add(state.hidden());
                cells.add(state.cell());
            }
        }
        return new State(
                hidden,
                cells,
                initialMemory(),
                initialWeightings(config.memory().readHeads(), "initial_read_weighting"),
                initialWeightings(config.memory().writeHeads(), "initial_write_weighting"),
                initialReads());
    }

    private List<Variable> initialMemory() {
        return switch (config.start().memory()) {
            case LEARNED, RANDOM -> lines("initial_memory", config.memory().rows());
            case CONSTANT -> {
                double[] row = new double[config.memory().width()];
                Arrays.fill(row, config.start().memoryValue());
                yield constants(config.memory().rows(), row);
            }
        };
    }

    private List<Variable> initialWeightings(int heads, String name) {
        double[] weights = new double[config.memory().rows()];
        return switch (config.start().weighting()) {
            case LEARNED -> lines(name, heads).stream().map(Variable::softmax).toList();
            case FIRST_ROW -> {
                weights[0] = 1;
                yield constants(heads, weights);
            }
            case UNIFORM -> {
                Arrays.fill(weights, 1.0 / config.memory().rows());
                yield constants(heads, weights);
            }
            case ZERO -> constants(heads, weights);
        };
    }

    private List<Variable> initialReads() {
        return switch (config.start().read()) {
            case ZERO -> constants(config.memory().readHeads(), new double[config.memory().width()]);
            case LEARNED -> lines("initial_read", config.memory().readHeads());
            case LEARNED_TANH -> lines("initial_read", config.memory().readHeads()).stream().map(Variable::tanh).toList();
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
        for (int i = 0; i < config.controller().layers(); i++) {
            switch (config.type()) {
                case NTM_LSTM -> {
                    LstmLayer.State state = lstm(i).step(h, new LstmLayer.State(last.hidden().get(i), last.cells().get(i)));
                    hidden.add(state.hidden());
                    cells.add(state.cell());
                    h = state.hidden();
                }
                case NTM_FF -> h = ReferenceHead.squash(config.controller().activation(), linear("controller.layer_" + i, h));
            }
        }
        List<Variable> memory = last.memory();
        List<Variable> writeWeightings = new ArrayList<>();
        if (config.heads().order() == HeadOrder.WRITE_FIRST) {
            memory = write(h, memory, last.writeWeightings(), writeWeightings);
        }
        List<Variable> readWeightings = new ArrayList<>();
        List<Variable> reads = new ArrayList<>();
        for (int i = 0; i < config.memory().readHeads(); i++) {
            Variable weighting = head("read_head_" + i, h).address(memory, last.readWeightings().get(i));
            readWeightings.add(weighting);
            reads.add(ReferenceHead.read(memory, weighting));
        }
        if (config.heads().order() == HeadOrder.READ_FIRST) {
            memory = write(h, memory, last.writeWeightings(), writeWeightings);
        }
        Variable logits = clipped(linear("output", join(h, reads)), config.outputClip());
        return new Step(logits, new State(hidden, cells, memory, readWeightings, writeWeightings, reads));
    }

    private List<Variable> write(Variable h, List<Variable> memory, List<Variable> last, List<Variable> weightings) {
        List<Variable> written = memory;
        for (int i = 0; i < config.memory().writeHeads(); i++) {
            ReferenceHead head = head("write_head_" + i, h);
            List<Variable> seen = config.heads().writeAddressing() == WriteAddressing.TOGETHER ? memory : written;
            Variable weighting = head.address(seen, last.get(i));
            weightings.add(weighting);
            written = head.write(written, weighting);
        }
        return written;
    }

    private LstmLayer lstm(int layer) {
        return new LstmLayer("controller.lstm_" + layer, config.controller().size(), parameters);
    }

    private ReferenceHead head(String name, Variable h) {
        return new ReferenceHead(clipped(linear(name, h), config.heads().parameterClip()), config);
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
