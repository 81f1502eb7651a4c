package io.github.ntm4j.machines.layer;

import io.github.ntm4j.engine.operation.Clip;
import io.github.ntm4j.engine.operation.Constant;
import io.github.ntm4j.engine.operation.Join;
import io.github.ntm4j.engine.operation.LimitDerivative;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.operation.LstmCell;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The deep LSTM of Graves et al. 2016, Methods: every layer sees the input, its own last output and that of the layer below, and the output is that
 * of all layers side by side. It begins at zero ({@link LstmCell} has the equations of a layer).
 */
public final class DeepLstmController implements Controller<LstmController.Layers> {
    private static final int GATES = 4;

    private final Parameters parameters;
    private final int size;
    private final double forgetBias;
    private final Limits limits;
    private final Initialisation initialisation;
    private final List<Matrix> layers = new ArrayList<>();

    /**
     * What is clipped; 0 for never.
     *
     * @param state limit of the hidden vectors and the cells that a step hands on
     * @param output limit of the output
     * @param derivative limit of the derivatives by what goes into the gates
     */
    public record Limits(double state, double output, double derivative) {
        /** Nothing is clipped. */
        public static final Limits NONE = new Limits(0, 0, 0);
    }

    /**
     * Declares the parameters {@code <name>_0.weight_input [4 size][inputs]}, {@code .weight_hidden [4 size][size]} and
     * {@code .bias [4 size]} for each layer, gates in the order input, forget, candidate, output; the input of the second layer and those above
     * it is {@code [inputs ; size of the layer below]}.
     *
     * @param parameters where to declare them
     * @param name prefix of the names
     * @param inputs width of the input
     * @param size units in a layer
     * @param layers number of layers
     * @param forgetBias bias of the forget gates before training
     * @param limits what is clipped
     * @param initialisation how the weights begin
     */
    public DeepLstmController(
            Parameters parameters,
            String name,
            int inputs,
            int size,
            int layers,
            double forgetBias,
            Limits limits,
            Initialisation initialisation) {
        this.parameters = parameters;
        this.size = size;
        this.forgetBias = forgetBias;
        this.limits = limits;
        this.initialisation = initialisation;
        for (int i = 0; i < layers; i++) {
            String layer = name + "_" + i;
            int width = i == 0 ? inputs : inputs + size;
            Matrix gates = parameters.addMatrix(layer, width + size, GATES, size);
            parameters.declareWeights(layer + ".weight_input", gates, 0, width, 0, GATES * size);
            parameters.declareWeights(layer + ".weight_hidden", gates, width, width + size, 0, GATES * size);
            parameters.declareBias(layer + ".bias", gates, 0, GATES * size);
            this.layers.add(gates);
        }
    }

    @Override
    public int size() {
        return layers.size() * size;
    }

    @Override
    public void initialise(Random64 random) {
        for (Matrix gates : layers) {
            initialisation.fill(gates, parameters.values(), random);
            for (int unit = 0; unit < size; unit++) {
                parameters.values()[gates.at(gates.inputs(), size + unit)] = (float) forgetBias;
            }
        }
    }

    @Override
    public LstmController.Layers initialState(Tape tape, int batch) {
        List<Tensor> hidden = new ArrayList<>();
        List<Tensor> cells = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            hidden.add(Constant.of(tape, batch, 1, new float[size]));
            cells.add(Constant.of(tape, batch, 1, new float[size]));
        }
        return new LstmController.Layers(hidden, cells);
    }

    @Override
    public Step<LstmController.Layers> step(Tape tape, List<Tensor> inputs, LstmController.Layers state) {
        List<Tensor> outputs = new ArrayList<>();
        List<Tensor> hidden = new ArrayList<>();
        List<Tensor> cells = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            List<Tensor> seen = new ArrayList<>(inputs);
            if (i > 0) {
                seen.add(outputs.getLast());
            }
            seen.add(state.hidden().get(i));
            Tensor gates = Linear.of(tape, layers.get(i), seen);
            if (limits.derivative() > 0) {
                LimitDerivative.of(tape, gates, (float) limits.derivative());
            }
            LstmCell.State next = LstmCell.of(tape, gates, state.cells().get(i));
            hidden.add(clipped(tape, next.hidden(), limits.state()));
            cells.add(clipped(tape, next.cell(), limits.state()));
            outputs.add(clipped(tape, hidden.getLast(), limits.output()));
        }
        Tensor output = layers.size() == 1 ? outputs.getFirst() : Join.columns(tape, outputs);
        return new Step<>(output, new LstmController.Layers(hidden, cells));
    }

    private static Tensor clipped(Tape tape, Tensor x, double limit) {
        return limit > 0 ? Clip.of(tape, x, (float) limit) : x;
    }
}
