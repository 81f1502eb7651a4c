package io.github.ntm4j.machines.layer;

import io.github.ntm4j.engine.operation.Clip;
import io.github.ntm4j.engine.operation.Dropout;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Noise;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The last layer of a machine, {@code y = W x + b}, clipped if wanted. In training it can do without some of the first of its inputs, so that it
 * has to use the others.
 */
public final class OutputLayer {
    private final Parameters parameters;
    private final Matrix matrix;
    private final double clip;
    private final Initialisation initialisation;
    private final double dropout;

    /**
     * Declares the parameters {@code output.weight [outputs][inputs]} and {@code output.bias [outputs]}.
     *
     * @param parameters where to declare them
     * @param inputs width of what it sees
     * @param outputs width of the machine's output
     * @param clip the largest magnitude of an output, 0 for any
     * @param initialisation how the weights begin
     */
    public OutputLayer(Parameters parameters, int inputs, int outputs, double clip, Initialisation initialisation) {
        this.parameters = parameters;
        this.clip = clip;
        this.initialisation = initialisation;
        this.dropout = 0;
        this.matrix = parameters.addMatrix("output", inputs, 1, outputs);
        parameters.declareWeights("output.weight", matrix, 0, inputs, 0, outputs);
        parameters.declareBias("output.bias", matrix, 0, outputs);
    }

    private OutputLayer(OutputLayer sound, double dropout) {
        this.parameters = sound.parameters;
        this.clip = sound.clip;
        this.initialisation = sound.initialisation;
        this.dropout = dropout;
        this.matrix = sound.matrix;
    }

    /**
     * The same layer, which in training does not see some of its first input (bypass dropout, Franke et al. 2018).
     *
     * @param share how much of it is left out in a step, 0 for none
     * @return a layer of the same parameters
     */
    public OutputLayer leavingOut(double share) {
        return new OutputLayer(this, share);
    }

    /**
     * Width of what it sees.
     *
     * @return floats
     */
    public int inputs() {
        return matrix.inputs();
    }

    /**
     * Width of the machine's output.
     *
     * @return floats
     */
    public int outputs() {
        return matrix.groupSize();
    }

    /**
     * Gives the parameters their first values.
     *
     * @param random where they come from
     */
    public void initialise(Random64 random) {
        initialisation.fill(matrix, parameters.values(), random);
    }

    /**
     * Records the layer.
     *
     * @param tape the tape
     * @param inputs {@code [batch][lines][size]} each, together as wide as {@link #inputs}
     * @return {@code [batch][1][outputs]}
     */
    public Tensor of(Tape tape, List<Tensor> inputs) {
        Tensor outputs = Linear.of(tape, matrix, dropout == 0 ? inputs : thinned(tape, inputs));
        return clip > 0 ? Clip.of(tape, outputs, (float) clip) : outputs;
    }

    private List<Tensor> thinned(Tape tape, List<Tensor> inputs) {
        Tensor first = inputs.getFirst();
        List<Tensor> seen = new ArrayList<>(inputs);
        seen.set(0, Dropout.of(tape, first, Noise.dropout(tape, first.batch(), first.lines(), first.size(), (float) (1 - dropout))));
        return seen;
    }
}
