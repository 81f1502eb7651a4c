package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Objective;

/** Answers one sequence after the other, each as a whole, whatever way the machine goes through it. Serves one thread at a time. */
public final class Respondent {
    private final Inference inference;
    private final int inputs;
    private final int outputs;

    /**
     * A respondent.
     *
     * @param machine the machine
     * @param objective what its outputs stand for
     * @param provider whose kernels to use; the answers do not depend on it
     */
    public Respondent(Machine machine, Objective objective, KernelProvider provider) {
        this.inputs = Arguments.given("machine", machine).inputs();
        this.outputs = machine.outputs();
        this.inference = machine.inference(new Desk(objective, 1, provider));
    }

    /**
     * Answers a sequence.
     *
     * @param sequence of which the inputs count
     * @return {@code [steps][outputs]}, step after step: probabilities, or the numbers themselves
     * @throws IllegalArgumentException if the inputs have another width than the machine's, or one is not a finite number
     */
    public float[] answer(Sequence sequence) {
        int steps = Arguments.given("sequence", sequence).steps();
        if (sequence.inputs() != inputs) {
            throw new IllegalArgumentException("sequence: expected the " + inputs + " inputs of the machine, got " + sequence.inputs());
        }
        Arguments.finite("sequence.input", sequence.input(), 0, steps * inputs);
        float[] answer = new float[Math.multiplyExact(steps, outputs)];
        inference.run(
                new Sequence[] {sequence}, 1, NoiseSource.NONE, () -> true, (b, t, finite) -> inference.answer(b, answer, t * outputs));
        return answer;
    }
}
