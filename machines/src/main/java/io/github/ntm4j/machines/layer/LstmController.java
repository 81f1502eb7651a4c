package io.github.ntm4j.machines.layer;

import io.github.ntm4j.engine.operation.Constant;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.operation.LstmCell;
import io.github.ntm4j.engine.operation.Repeat;
import io.github.ntm4j.engine.parameter.Grid;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;

/** LSTM layers on top of one another; the output is the hidden vector of the last ({@link LstmCell} has the equations). */
public final class LstmController implements Controller<LstmController.Layers> {
    private static final int GATES = 4;

    private final Parameters parameters;
    private final int size;
    private final double forgetBias;
    private final Initialisation initialisation;
    private final List<Layer> layers = new ArrayList<>();

    /**
     * What an LSTM remembers.
     *
     * @param hidden {@code [batch][1][size]} for each layer
     * @param cells {@code [batch][1][size]} for each layer
     */
    public record Layers(List<Tensor> hidden, List<Tensor> cells) implements State {
        @Override
        public List<Tensor> tensors() {
            List<Tensor> all = new ArrayList<>(hidden);
            all.addAll(cells);
            return all;
        }
    }

    private record Layer(Matrix gates, List<Grid> initial) {}

    /**
     * Declares the parameters {@code <name>_0.weight_input [4 size][inputs]}, {@code .weight_hidden [4 size][size]} and
     * {@code .bias [4 size]} for each layer, gates in the order input, forget, candidate, output; and, if learned,
     * {@code .initial_hidden} and {@code .initial_cell [1][size]}.
     *
     * @param parameters where to declare them
     * @param name prefix of the names
     * @param inputs width of the input
     * @param size units in a layer
     * @param layers number of layers
     * @param initial what the state is before the first step
     * @param forgetBias bias of the forget gates before training
     * @param initialisation how the weights begin
     */
    public LstmController(
            Parameters parameters,
            String name,
            int inputs,
            int size,
            int layers,
            InitialVector initial,
            double forgetBias,
            Initialisation initialisation) {
        this.parameters = parameters;
        this.size = size;
        this.forgetBias = forgetBias;
        this.initialisation = initialisation;
        for (int i = 0; i < layers; i++) {
            String layer = name + "_" + i;
            int width = i == 0 ? inputs : size;
            Matrix gates = parameters.addMatrix(layer, width + size, GATES, size);
            parameters.declareWeights(layer + ".weight_input", gates, 0, width, 0, GATES * size);
            parameters.declareWeights(layer + ".weight_hidden", gates, width, width + size, 0, GATES * size);
            parameters.declareBias(layer + ".bias", gates, 0, GATES * size);
            List<Grid> grids = new ArrayList<>();
            if (initial == InitialVector.LEARNED) {
                for (String part : List.of(".initial_hidden", ".initial_cell")) {
                    Grid grid = parameters.addGrid(layer + part, 1, size, true);
                    parameters.declareGrid(grid, false);
                    grids.add(grid);
                }
            }
            this.layers.add(new Layer(gates, grids));
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void initialise(Random64 random) {
        for (Layer layer : layers) {
            initialisation.fill(layer.gates(), parameters.values(), random);
            for (int unit = 0; unit < size; unit++) {
                parameters.values()[layer.gates().at(layer.gates().inputs(), size + unit)] = (float) forgetBias;
            }
        }
    }

    @Override
    public Layers initialState(Tape tape, int batch) {
        List<Tensor> hidden = new ArrayList<>();
        List<Tensor> cells = new ArrayList<>();
        for (Layer layer : layers) {
            boolean learned = !layer.initial().isEmpty();
            hidden.add(learned ? Repeat.of(tape, layer.initial().get(0), batch) : Constant.of(tape, batch, 1, new float[size]));
            cells.add(learned ? Repeat.of(tape, layer.initial().get(1), batch) : Constant.of(tape, batch, 1, new float[size]));
        }
        return new Layers(hidden, cells);
    }

    @Override
    public Step<Layers> step(Tape tape, List<Tensor> inputs, Layers state) {
        List<Tensor> hidden = new ArrayList<>();
        List<Tensor> cells = new ArrayList<>();
        List<Tensor> below = inputs;
        for (int i = 0; i < layers.size(); i++) {
            List<Tensor> joined = new ArrayList<>(below);
            joined.add(state.hidden().get(i));
            Tensor gates = Linear.of(tape, layers.get(i).gates(), joined);
            LstmCell.State next = LstmCell.of(tape, gates, state.cells().get(i));
            hidden.add(next.hidden());
            cells.add(next.cell());
            below = List.of(next.hidden());
        }
        return new Step<>(hidden.getLast(), new Layers(hidden, cells));
    }
}
