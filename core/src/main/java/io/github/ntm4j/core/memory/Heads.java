package io.github.ntm4j.core.memory;

import io.github.ntm4j.core.layer.Initialisation;
import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.operation.ActivateColumns;
import io.github.ntm4j.engine.operation.Clip;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.operation.ContentWeighting;
import io.github.ntm4j.engine.operation.EraseAdd;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.operation.LocationWeighting;
import io.github.ntm4j.engine.operation.Read;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The heads of a Neural Turing Machine: how they address its memory, read it and write it (Graves et al. 2014, section 3). */
public final class Heads {
    private final HeadSettings settings;
    private final Parameters parameters;
    private final Matrix projection;
    private final List<HeadBank> banks = new ArrayList<>();
    private final List<Columns> activations = new ArrayList<>();

    /**
     * Declares the parameters {@code read_head_<i>.weight [columns][controller]}, {@code .bias [columns]} and the same for
     * {@code write_head_<i>}; the columns of a head are {@code key, strength, gate, shift, sharpening[, erase, add]}.
     *
     * @param parameters where to declare them
     * @param controllerSize width of what the heads see
     * @param settings what they are like
     */
    public Heads(Parameters parameters, int controllerSize, HeadSettings settings) {
        this.settings = settings;
        this.parameters = parameters;
        int column = addBank(false, 0, settings.readHeads(), 0);
        if (settings.writeTogether()) {
            column = addBank(true, 0, settings.writeHeads(), column);
        } else {
            for (int head = 0; head < settings.writeHeads(); head++) {
                column = addBank(true, head, 1, column);
            }
        }
        projection = parameters.addMatrix("heads", controllerSize, 1, column);
        for (HeadBank bank : banks) {
            for (int head = 0; head < bank.heads(); head++) {
                int from = bank.column() + head * bank.columnsPerHead();
                int to = from + bank.columnsPerHead();
                parameters.declareWeights(bank.name(head) + ".weight", projection, 0, controllerSize, from, to);
                parameters.declareBias(bank.name(head) + ".bias", projection, from, to);
                activate(bank, from);
            }
        }
    }

    private int addBank(boolean writes, int first, int heads, int column) {
        HeadBank bank = new HeadBank(writes, first, heads, column, settings.width(), settings.shiftRange());
        banks.add(bank);
        return column + bank.columns();
    }

    private void activate(HeadBank bank, int from) {
        int width = settings.width();
        int at = from;
        activations.add(Columns.of(at, width, settings.keyActivation()));
        at += width;
        activations.add(Columns.of(at++, 1, Activation.SOFTPLUS)); // strength
        activations.add(Columns.of(at++, 1, Activation.SIGMOID)); // gate
        activations.add(Columns.softmax(at, bank.shifts()));
        at += bank.shifts();
        activations.add(Columns.of(at++, 1, Activation.ONE_PLUS_SOFTPLUS)); // sharpening
        if (bank.writes()) {
            activations.add(Columns.of(at, width, Activation.SIGMOID)); // erase
            activations.add(Columns.of(at + width, width, settings.addActivation()));
        }
    }

    /**
     * Gives the parameters their first values.
     *
     * @param initialisation how the weights begin
     * @param random where they come from
     */
    public void initialise(Initialisation initialisation, Random64 random) {
        initialisation.fill(projection, parameters.values(), random);
        for (HeadBank bank : banks) {
            for (int head = 0; head < bank.heads(); head++) {
                int gate = bank.column() + head * bank.columnsPerHead() + settings.width() + 1;
                parameters.values()[projection.at(projection.inputs(), gate)] = (float) settings.gateBias();
            }
        }
    }

    /**
     * Number of weighting tensors that the heads keep from step to step: one for the read heads; one for the write heads, or one for each.
     *
     * @return how many heads each of them has
     */
    public List<Integer> weightings() {
        return banks.stream().map(HeadBank::heads).toList();
    }

    /**
     * Records the parameters of all heads: one product, and the function of each column.
     *
     * @param tape the tape
     * @param hidden the controller's output, {@code [batch][1][controller]}
     * @return {@code [batch][1][columns of all heads]}
     */
    public Tensor emit(Tape tape, Tensor hidden) {
        Tensor raw = Linear.of(tape, projection, List.of(hidden));
        Tensor clipped = settings.clip() > 0 ? Clip.of(tape, raw, (float) settings.clip()) : raw;
        return ActivateColumns.of(tape, clipped, activations);
    }

    /**
     * Records how the read heads address the memory and read it.
     *
     * @param tape the tape
     * @param emitted the heads' parameters
     * @param memory {@code [batch][width][rows]}
     * @param previous the weightings of the step before
     * @param next the weightings of this step are appended here
     * @return the reads, {@code [batch][heads][width]}
     */
    public Tensor read(Tape tape, Tensor emitted, Tensor memory, List<Tensor> previous, List<Tensor> next) {
        HeadBank bank = banks.getFirst();
        Tensor weighting = address(tape, bank, emitted, memory, previous.getFirst());
        next.add(weighting);
        Tensor reads = Read.of(tape, memory, weighting); // eq. 2
        for (int head = 0; head < bank.heads(); head++) {
            tape.name(bank.name(head) + ".read", reads.lines(head, 1));
        }
        return reads;
    }

    /**
     * Records how the write heads address the memory and write it.
     *
     * @param tape the tape
     * @param emitted the heads' parameters
     * @param memory {@code [batch][width][rows]}, not to be used afterwards
     * @param previous the weightings of the step before
     * @param next the weightings of this step are appended here
     * @return the memory after all writes
     */
    public Tensor write(Tape tape, Tensor emitted, Tensor memory, List<Tensor> previous, List<Tensor> next) {
        Tensor written = memory;
        for (int i = 1; i < banks.size(); i++) {
            HeadBank bank = banks.get(i);
            Tensor weighting = address(tape, bank, emitted, written, previous.get(i));
            next.add(weighting);
            for (int head = 0; head < bank.heads(); head++) {
                Tensor erase = bank.erase(emitted).lines(head, 1);
                Tensor add = bank.add(emitted).lines(head, 1);
                written = EraseAdd.of(tape, written, weighting.lines(head, 1), erase, add); // eq. 3 and 4
                tape.name(bank.name(head) + ".erase", erase);
                tape.name(bank.name(head) + ".add", add);
            }
        }
        return written;
    }

    private static Tensor address(Tape tape, HeadBank bank, Tensor emitted, Tensor memory, Tensor previous) {
        Tensor key = bank.key(emitted);
        Tensor strength = bank.strength(emitted);
        Tensor gate = bank.gate(emitted);
        Tensor shift = bank.shift(emitted);
        Tensor sharpening = bank.sharpening(emitted);
        Tensor content = ContentWeighting.of(tape, key, strength, memory); // eq. 5 and 6
        LocationWeighting location =
                LocationWeighting.of(tape, content, previous, gate, shift, sharpening); // eq. 7 to 9
        for (int head = 0; head < bank.heads(); head++) {
            String name = bank.name(head);
            tape.name(name + ".key", key.lines(head, 1));
            tape.name(name + ".strength", strength.lines(head, 1));
            tape.name(name + ".gate", gate.lines(head, 1));
            tape.name(name + ".shift", shift.lines(head, 1));
            tape.name(name + ".sharpening", sharpening.lines(head, 1));
            tape.name(name + ".content", content.lines(head, 1));
            tape.name(name + ".interpolated", location.interpolated().lines(head, 1));
            tape.name(name + ".shifted", location.shifted().lines(head, 1));
            tape.name(name + ".weighting", location.weighting().lines(head, 1));
        }
        return location.weighting();
    }
}
