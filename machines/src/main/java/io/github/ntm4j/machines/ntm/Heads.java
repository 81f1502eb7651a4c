package io.github.ntm4j.machines.ntm;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.operation.Clip;
import io.github.ntm4j.engine.operation.ContentWeighting;
import io.github.ntm4j.engine.operation.EraseAdd;
import io.github.ntm4j.engine.operation.LocationWeighting;
import io.github.ntm4j.engine.operation.Read;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.layer.Emission;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import io.github.ntm4j.machines.signal.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The heads of a Neural Turing Machine: how they address its memory, read it and write it (Graves et al. 2014, section 3). */
public final class Heads {
    private static final String KEY = "key";
    private static final String STRENGTH = "strength";
    private static final String GATE = "gate";
    private static final String SHIFT = "shift";
    private static final String SHARPENING = "sharpening";
    private static final String ERASE = "erase";
    private static final String ADD = "add";

    private final HeadSettings settings;
    private final Parameters parameters;
    private final Emission emission = new Emission("heads");
    private final Matrix projection;
    private final List<HeadBank> banks = new ArrayList<>();
    private final Initialisation initialisation;
    private final List<HeadSignals> signals = new ArrayList<>();

    /**
     * Declares the parameters {@code read_head_<i>.weight [columns][controller]}, {@code .bias [columns]} and the same for
     * {@code write_head_<i>}; the columns of a head are {@code key, strength, gate, shift, sharpening[, erase, add]}.
     *
     * @param parameters where to declare them
     * @param signals where to declare what the heads show of themselves
     * @param memory the signal of the memory
     * @param controllerSize width of what the heads see
     * @param settings what they are like
     * @param initialisation how the weights begin
     */
    public Heads(
            Parameters parameters,
            Signals signals,
            Signal memory,
            int controllerSize,
            HeadSettings settings,
            Initialisation initialisation) {
        this.initialisation = initialisation;
        this.settings = settings;
        this.parameters = parameters;
        int shifts = 2 * settings.shiftRange() + 1;
        emission.part(KEY, count(), settings.width(), settings.keyActivation())
                .part(STRENGTH, count(), 1, settings.strengthActivation())
                .part(GATE, count(), 1, Activation.SIGMOID)
                .part(SHARPENING, count(), 1, settings.sharpeningActivation())
                .distribution(SHIFT, count(), shifts, settings.shiftActivation())
                .part(ERASE, settings.writeHeads(), settings.width(), Activation.SIGMOID)
                .part(ADD, settings.writeHeads(), settings.width(), settings.addActivation());
        this.projection = emission.matrix(parameters, controllerSize);
        for (int head = 0; head < count(); head++) {
            int number = head;
            boolean reads = head < settings.readHeads();
            int columns = settings.width() + 3 + shifts + (reads ? 0 : 2 * settings.width());
            parameters.declareOutputs(name(head), projection, columns, () -> columns(number));
            this.signals.add(new HeadSignals(
                    signals, memory, reads ? Use.READS : Use.WRITES, reads ? head : head - settings.readHeads(), settings.shiftRange()));
        }
        int together = settings.writeTogether() ? settings.writeHeads() : 1;
        if (settings.readFirst()) {
            banks.add(new HeadBank(0, settings.readHeads() + together));
        } else {
            banks.add(new HeadBank(0, settings.readHeads()));
            banks.add(new HeadBank(settings.readHeads(), together));
        }
        for (int head = settings.readHeads() + together; head < count(); head++) {
            banks.add(new HeadBank(head, 1));
        }
    }

    /** The columns of a head, in their order in files. */
    private int[] columns(int head) {
        IntStream addressing = emission.columns(head, KEY, STRENGTH, GATE, SHIFT, SHARPENING);
        int writer = head - settings.readHeads();
        return (writer < 0 ? addressing : IntStream.concat(addressing, emission.columns(writer, ERASE, ADD))).toArray();
    }

    /** Number of heads. */
    int count() {
        return settings.readHeads() + settings.writeHeads();
    }

    int readHeads() {
        return settings.readHeads();
    }

    /** Floats in a row of the memory. */
    int width() {
        return settings.width();
    }

    /**
     * Width of what is read in a step.
     *
     * @return floats of all read heads together
     */
    public int readWidth() {
        return settings.readHeads() * settings.width();
    }

    private String name(int head) {
        int readers = settings.readHeads();
        return head < readers ? "read_head_" + head : "write_head_" + (head - readers);
    }

    /**
     * Gives the parameters their first values.
     *
     * @param random where they come from
     */
    public void initialise(Random64 random) {
        for (int head = 0; head < count(); head++) {
            initialisation.fill(projection, columns(head), parameters.values(), random);
            HeadStart start = head < settings.readHeads() ? settings.reading() : settings.writing();
            setBias(STRENGTH, head, 0, start.strengthBias());
            setBias(GATE, head, 0, start.gateBias());
            setBias(SHIFT, head, settings.shiftRange() + start.shift(), start.shiftBias());
        }
    }

    private void setBias(String part, int head, int place, double bias) {
        int column = emission.columns(part, head).skip(place).findFirst().orElseThrow();
        parameters.values()[projection.at(projection.inputs(), column)] = (float) bias;
    }

    /**
     * The heads keep a weighting tensor from step to step for each group of heads that address the same memory at the same time.
     *
     * @return how many heads each group has, in the order of the heads: read heads, then write heads
     */
    public List<Integer> banks() {
        return banks.stream().map(HeadBank::heads).toList();
    }

    /**
     * Records the parameters of all heads: one product, and the function of each column.
     *
     * @param tape the tape
     * @param hidden the controller's output, {@code [batch][1][controller]}
     * @return the parameters
     */
    public Emission.Told emit(Tape tape, Tensor hidden) {
        Tensor raw = Emission.raw(tape, projection, hidden);
        return emission.told(tape, settings.clip() > 0 ? Clip.of(tape, raw, (float) settings.clip()) : raw);
    }

    /**
     * Records how the heads address the memory, read it and write it.
     *
     * @param tape the tape
     * @param emitted the heads' parameters
     * @param memory {@code [batch][width][rows]}, not to be used afterwards
     * @param previous the weightings of the step before, one for each of {@link #banks}
     * @return memory, weightings and reads
     */
    public NtmMemoryState access(Tape tape, Emission.Told emitted, Tensor memory, List<Tensor> previous) {
        Tensor[] weightings = new Tensor[banks.size()];
        int readers = settings.readHeads();
        if (settings.readFirst()) {
            weightings[0] = address(tape, banks.getFirst(), emitted, memory, previous.getFirst());
            Tensor reads = read(tape, memory, weightings[0].lines(0, readers));
            int writers = banks.getFirst().heads() - readers;
            Tensor written = write(tape, emitted, memory, weightings[0].lines(readers, writers), 0);
            written = writeInTurn(tape, emitted, written, previous, weightings);
            return new NtmMemoryState(written, List.of(weightings), reads);
        }
        Tensor written = writeInTurn(tape, emitted, memory, previous, weightings);
        weightings[0] = address(tape, banks.getFirst(), emitted, written, previous.getFirst());
        return new NtmMemoryState(written, List.of(weightings), read(tape, written, weightings[0]));
    }

    /** The writes of all groups of heads but the first. */
    private Tensor writeInTurn(Tape tape, Emission.Told emitted, Tensor memory, List<Tensor> previous, Tensor[] weightings) {
        Tensor written = memory;
        for (int i = 1; i < banks.size(); i++) {
            HeadBank bank = banks.get(i);
            weightings[i] = address(tape, bank, emitted, written, previous.get(i));
            written = write(tape, emitted, written, weightings[i], bank.first() - settings.readHeads());
        }
        return written;
    }

    private Tensor read(Tape tape, Tensor memory, Tensor weighting) {
        Tensor reads = Read.of(tape, memory, weighting); // eq. 2
        for (int head = 0; head < settings.readHeads(); head++) {
            signals.get(head).read(tape, head, reads);
        }
        return reads;
    }

    private Tensor write(Tape tape, Emission.Told emitted, Tensor memory, Tensor weighting, int writer) {
        int writers = weighting.lines();
        Tensor erase = emitted.part(ERASE, writer, writers);
        Tensor add = emitted.part(ADD, writer, writers);
        for (int i = 0; i < writers; i++) {
            signals.get(settings.readHeads() + writer + i).written(tape, i, erase, add);
        }
        return EraseAdd.of(tape, memory, weighting, erase, add); // eq. 3 and 4
    }

    private Tensor address(Tape tape, HeadBank bank, Emission.Told emitted, Tensor memory, Tensor previous) {
        Tensor key = emitted.part(KEY, bank.first(), bank.heads());
        Tensor strength = emitted.part(STRENGTH, bank.first(), bank.heads());
        Tensor gate = emitted.part(GATE, bank.first(), bank.heads());
        Tensor shift = emitted.part(SHIFT, bank.first(), bank.heads());
        Tensor sharpening = emitted.part(SHARPENING, bank.first(), bank.heads());
        for (int i = 0; i < bank.heads(); i++) {
            signals.get(bank.first() + i).told(tape, i, key, strength, gate, shift, sharpening, previous);
        }
        ContentWeighting content = ContentWeighting.of(tape, key, strength, memory); // eq. 5 and 6
        LocationWeighting location =
                LocationWeighting.of(tape, content.weighting(), previous, gate, shift, sharpening); // eq. 7 to 9
        for (int i = 0; i < bank.heads(); i++) {
            signals.get(bank.first() + i).found(tape, i, content, location);
        }
        return location.weighting();
    }
}
