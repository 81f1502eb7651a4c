package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.machines.machine.Outcome;
import io.github.ntm4j.machines.machine.Sequences;
import io.github.ntm4j.machines.machine.reference.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** Sequences through a Differentiable Neural Computer in doubles, forwards and backwards. */
final class ReferenceDncRun {
    private ReferenceDncRun() {}

    /**
     * What it does.
     *
     * @param parts what is wanted of each step
     */
    static Outcome of(DncConfig config, Map<String, double[]> parameters, Sequences sequences, Set<String> parts) {
        SequencedMap<String, Variable> variables = new LinkedHashMap<>();
        parameters.forEach((name, value) -> variables.put(name, Variable.of(value)));
        ReferenceDnc machine = new ReferenceDnc(config, variables);
        List<List<Map<String, double[]>>> steps = new ArrayList<>();
        for (int t = 0; t < sequences.steps(); t++) {
            steps.add(new ArrayList<>());
        }
        Variable loss = Variable.of(0);
        for (int b = 0; b < sequences.batch(); b++) {
            ReferenceDnc.State state = machine.initialState();
            for (int t = 0; t < sequences.steps(); t++) {
                ReferenceDnc.Step step = machine.step(Variable.of(sequences.inputs()[t][b]), state);
                state = step.state();
                step.parts().keySet().retainAll(parts);
                steps.get(t).add(step.parts());
                if (sequences.counted()[t]) {
                    Variable target = Variable.of(sequences.targets()[t][b]);
                    loss = loss.plus(step.logits().softplus().minus(target.times(step.logits())).sum());
                }
            }
        }
        loss.backward();
        SequencedMap<String, double[]> gradients = new LinkedHashMap<>();
        variables.forEach((name, variable) -> gradients.put(name, variable.derivative()));
        return new Outcome(steps, loss.value()[0], gradients);
    }
}
