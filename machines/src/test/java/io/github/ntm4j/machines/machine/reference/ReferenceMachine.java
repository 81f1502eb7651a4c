package io.github.ntm4j.machines.machine.reference;

import io.github.ntm4j.machines.lstm.LstmConfig;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.ntm.NtmConfig;
import java.util.List;
import java.util.Map;

/** A machine in doubles, for one sequence. */
public sealed interface ReferenceMachine permits ReferenceNtm, ReferenceLstm {
    /**
     * What a machine remembers.
     *
     * @param hidden hidden vector of each LSTM layer
     * @param cells cell of each LSTM layer
     * @param memory the rows; none for a machine without a memory
     * @param readWeightings of each read head, an element for each row
     * @param writeWeightings of each write head, an element for each row
     * @param reads what each read head has read
     */
    record State(
            List<Variable> hidden,
            List<Variable> cells,
            List<Variable> memory,
            List<Variable> readWeightings,
            List<Variable> writeWeightings,
            List<Variable> reads) {}

    /**
     * What a step gives.
     *
     * @param logits the output before its sigmoid
     * @param state the state after
     */
    record Step(Variable logits, State state) {}

    /** The state before the first step. */
    State initialState();

    /** One step. */
    Step step(Variable x, State last);

    /** The machine that settings describe, with parameters by the names that they have in files. */
    static ReferenceMachine of(MachineConfig config, Map<String, Variable> parameters) {
        return switch (config) {
            case NtmConfig ntm -> new ReferenceNtm(ntm, parameters);
            case LstmConfig lstm -> new ReferenceLstm(lstm, parameters);
            default -> throw new IllegalArgumentException(config.name());
        };
    }
}
