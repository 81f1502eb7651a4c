package io.github.ntm4j.machines.ntm;

import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.layer.Emission;
import io.github.ntm4j.machines.memory.Memory;
import io.github.ntm4j.machines.signal.Signal;

/**
 * The memory of the Neural Turing Machine (Graves, Wayne and Danihelka 2014, arXiv 1410.5401): rows that {@link Heads} address by content
 * and by location, read and write.
 */
public final class NtmMemory implements Memory<NtmMemoryState> {
    private final Signal content;
    private final Heads heads;
    private final InitialCells initial;

    /**
     * Declares the parameters of the initial state, where the settings want any: {@code initial_memory [rows][width]},
     * {@code initial_read_weighting [read heads][rows]}, {@code initial_write_weighting [write heads][rows]} and
     * {@code initial_read [read heads][width]}.
     *
     * @param parameters where to declare them
     * @param content the signal of the memory
     * @param heads the heads, with parameters declared before
     * @param start the number of rows and the initial state
     */
    public NtmMemory(Parameters parameters, Signal content, Heads heads, MemoryStart start) {
        this.content = content;
        this.heads = heads;
        this.initial = new InitialCells(parameters, start, heads);
    }

    @Override
    public int readWidth() {
        return heads.readWidth();
    }

    @Override
    public NtmMemoryState initialState(Tape tape, int batch) {
        Tensor memory = initial.memory(tape, batch);
        content.recordBefore(tape, memory);
        return new NtmMemoryState(memory, initial.weightings(tape, batch), initial.reads(tape, batch));
    }

    @Override
    public NtmMemoryState step(Tape tape, Tensor hidden, NtmMemoryState state) {
        Emission.Told emitted = heads.emit(tape, hidden);
        NtmMemoryState after = heads.access(tape, emitted, state.memory(), state.weightings());
        content.record(tape, after.memory());
        return after;
    }

    @Override
    public void initialise(Random64 random) {
        heads.initialise(random);
    }

    @Override
    public void initialiseState(Random64 random) {
        initial.initialise(random);
    }
}
