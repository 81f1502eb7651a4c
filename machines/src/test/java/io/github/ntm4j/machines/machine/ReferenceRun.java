package io.github.ntm4j.machines.machine;

import io.github.ntm4j.machines.machine.reference.ReferenceMachine.State;
import io.github.ntm4j.machines.machine.reference.ReferenceMachine.Step;
import io.github.ntm4j.machines.machine.reference.ReferenceMachine;
import io.github.ntm4j.machines.machine.reference.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Sequences through a machine in doubles. */
final class ReferenceRun {
    private final SequencedMap<String, Variable> parameters = new LinkedHashMap<>();
    private final SequencedMap<String, Variable> weightings = new LinkedHashMap<>();
    private final List<List<Map<String, double[]>>> steps = new ArrayList<>();
    private Variable loss = Variable.of(0);

    private ReferenceRun() {}

    /**
     * Runs a machine forwards and backwards.
     *
     * @param config its settings
     * @param parameters by the names that they have in files
     * @param weightings of every head before the first step, read heads first; empty for those that the settings name
     * @param sequences what it is given
     */
    static Outcome of(
            MachineConfig config,
            Map<String, double[]> parameters,
            SequencedMap<String, double[]> weightings,
            Sequences sequences) {
        ReferenceRun run = new ReferenceRun();
        parameters.forEach((name, value) -> run.parameters.put(name, Variable.of(value)));
        weightings.forEach((name, value) -> run.weightings.put(name, Variable.of(value)));
        ReferenceMachine machine = ReferenceMachine.of(config, run.parameters);
        for (int t = 0; t < sequences.steps(); t++) {
            run.steps.add(new ArrayList<>());
        }
        for (int b = 0; b < sequences.batch(); b++) {
            run.sequence(machine, sequences, b);
        }
        run.loss.backward();
        SequencedMap<String, double[]> gradients = new LinkedHashMap<>();
        run.parameters.forEach((name, parameter) -> gradients.put(name, parameter.derivative()));
        run.weightings.forEach((name, weighting) -> gradients.put(name, weighting.derivative()));
        return new Outcome(run.steps, run.loss.value()[0], gradients);
    }

    private void sequence(ReferenceMachine machine, Sequences sequences, int b) {
        State state = machine.initialState();
        if (!weightings.isEmpty()) {
            List<Variable> given = List.copyOf(weightings.values());
            int readHeads = state.readWeightings().size();
            state = new State(
                    state.hidden(),
                    state.cells(),
                    state.memory(),
                    given.subList(0, readHeads),
                    given.subList(readHeads, given.size()),
                    state.reads());
        }
        for (int t = 0; t < sequences.steps(); t++) {
            Step step = machine.step(Variable.of(sequences.inputs()[t][b]), state);
            state = step.state();
            steps.get(t).add(parts(step));
            if (sequences.counted()[t]) {
                Variable target = Variable.of(sequences.targets()[t][b]);
                loss = loss.plus(step.logits().softplus().minus(target.times(step.logits())).sum());
            }
        }
    }

    private static Map<String, double[]> parts(Step step) {
        SequencedMap<String, double[]> parts = new LinkedHashMap<>();
        State state = step.state();
        List<Variable> weightings = new ArrayList<>(state.readWeightings());
        weightings.addAll(state.writeWeightings());
        parts.put("hidden", flat(state.hidden()));
        parts.put("cells", flat(state.cells()));
        parts.put("memory", flat(state.memory()));
        parts.put("weightings", flat(weightings));
        parts.put("reads", flat(state.reads()));
        parts.put("output", step.logits().sigmoid().value());
        return parts;
    }

    private static double[] flat(List<Variable> variables) {
        return Variable.join(variables).value();
    }
}
