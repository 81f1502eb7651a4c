package io.github.ntm4j.lab.benchmark;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.OptimiserKernels;
import io.github.ntm4j.engine.kernel.Rows;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.optimiser.GravesRmsProp;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.TrainingConfig;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MachineConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Finds out where the time of a training step goes: replays a recording many times on one thread, in turn in one piece and with the clock
 * read before and after every operation. The figure of an operation is the median over the replays, less what reading the clock takes.
 */
public final class CostMapper {
    /** Steps of a sequence: the mean of copy with its default lengths. */
    private static final int STEPS = 22;

    private static final int LENGTH = 10;
    private static final int FEWEST = 15;
    private static final int MOST = 400;
    private static final float STANDING_STILL = 1e-12f;
    /** What RMSProp reads and writes: gradient, squares, means, steps, weights; all but the gradient are written. */
    private static final int OPTIMISER_PASSES = 9;
    /** Training clips and updates in pieces of so many parameters, which stay in the nearest cache. */
    private static final int PIECE = 2048;

    private final String name;
    private final int batch;
    private final RecordedMachine recorded;
    private final List<Operation> operations;
    private final OptimiserKernels kernels;
    private final GravesRmsProp optimiser;
    private final Task task = CopyConfig.DEFAULT.create();
    private final Sequence sequence = new Sequence(task.inputs(), task.outputs());
    private final Random64 random = Random64.of(1, "benchmark", 1);
    private final float[] gradients;
    private long updates;

    private final Samples[] forward;
    private final Samples[] backward;
    private final Samples products = new Samples();
    private final Samples clearing = new Samples();
    private final Samples norm = new Samples();
    private final Samples updating = new Samples();
    private final Samples transposing = new Samples();
    private final Samples drawing = new Samples();
    private final Samples whole = new Samples();

    /**
     * Records a machine on the copy task.
     *
     * @param name what to call the map
     * @param config the machine
     * @param batch sequences on the tape at once
     * @param provider whose kernels to time
     */
    public CostMapper(String name, MachineConfig config, int batch, KernelProvider provider) {
        this.name = name;
        this.batch = batch;
        Machine machine = config.build(task.inputs(), task.outputs());
        machine.initialise(1);
        recorded = new RecordedMachine(StepMachine.required(machine, "a benchmark"), batch, STEPS, provider);
        operations = recorded.tape().operations();
        kernels = provider.create().optimiser();
        gradients = new float[machine.parameters().size()];
        TrainingConfig d = TrainingConfig.DEFAULT;
        optimiser = new GravesRmsProp(gradients.length, (float) d.optimiser().decay(), (float) d.optimiser().momentum(), (float) d.optimiser().epsilon());
        forward = samples(operations.size());
        backward = samples(operations.size());
    }

    private static Samples[] samples(int count) {
        Samples[] samples = new Samples[count];
        Arrays.setAll(samples, i -> new Samples());
        return samples;
    }

    /** Nanoseconds of the same thing in several replays; keeps the last ones. */
    private static final class Samples {
        private final long[] nanoseconds = new long[MOST];
        private int count;

        void add(long time) {
            nanoseconds[count++ % MOST] = time;
        }

        void clear() {
            count = 0;
        }

        int count() {
            return count;
        }

        double median() {
            long[] sorted = Arrays.copyOf(nanoseconds, Math.min(count, MOST));
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }
    }

    /**
     * Measures.
     *
     * @param seconds about how long to take
     * @param peakGflops the multiply-add peak of one thread
     * @param bandwidth of this computer
     * @return the map
     */
    public CostMap measure(double seconds, double peakGflops, Bandwidth bandwidth) {
        long started = System.nanoTime();
        double warmUp = Repeats.warmUp(seconds);
        replay(warmUp, started);
        clear();
        replay(warmUp + seconds / 2, started);
        return map(new Floors(recorded, batch, STEPS, peakGflops, bandwidth), clock());
    }

    private void replay(double until, long started) {
        while (whole.count() < FEWEST || System.nanoTime() - started < until * 1e9) {
            replayInOnePiece();
            replayPieceByPiece();
        }
    }

    private void clear() {
        for (Samples[] all : List.of(forward, backward)) {
            Arrays.stream(all).forEach(Samples::clear);
        }
        List.of(products, clearing, norm, updating, transposing, drawing, whole).forEach(Samples::clear);
    }

    private void replayInOnePiece() {
        long before = System.nanoTime();
        draw();
        recorded.forward();
        recorded.clear();
        recorded.backward(gradients);
        norm();
        update();
        recorded.machine().parameters().refresh();
        whole.add(System.nanoTime() - before);
    }

    private void replayPieceByPiece() {
        time(drawing, this::draw);
        for (int i = 0; i < forward.length; i++) {
            long before = System.nanoTime();
            operations.get(i).forward();
            forward[i].add(System.nanoTime() - before);
        }
        time(clearing, recorded::clear);
        for (int i = backward.length - 1; i >= 0; i--) {
            long before = System.nanoTime();
            operations.get(i).backward();
            backward[i].add(System.nanoTime() - before);
        }
        // The operations have run: what is left of the way back are the products.
        time(products, () -> recorded.tape().backward(recorded.tape().start(), gradients));
        time(norm, this::norm);
        time(updating, this::update);
        time(transposing, () -> recorded.machine().parameters().refresh());
    }

    private static void time(Samples samples, Runnable work) {
        long before = System.nanoTime();
        work.run();
        samples.add(System.nanoTime() - before);
    }

    private void draw() {
        for (int b = 0; b < batch; b++) {
            task.generate(Size.of("length", LENGTH), random, sequence);
        }
    }

    private void norm() {
        kernels.sumOfSquares(gradients, Rows.FIRST, gradients.length);
    }

    private void update() {
        float[] weights = recorded.machine().parameters().values();
        updates++;
        for (int from = Rows.FIRST; from < gradients.length; from += PIECE) {
            int to = Math.min(from + PIECE, gradients.length);
            kernels.clip((float) TrainingConfig.DEFAULT.gradient().clipLimit(), gradients, from, to);
            optimiser.update(kernels, STANDING_STILL, updates, gradients, weights, from, to);
        }
    }

    /** What it takes to read the clock twice. */
    private static double clock() {
        Samples samples = new Samples();
        for (int i = 0; i < 100_000; i++) {
            long before = System.nanoTime();
            samples.add(System.nanoTime() - before);
        }
        return samples.median();
    }

    private CostMap map(Floors floors, double clock) {
        SequencedMap<String, List<Integer>> kinds = new LinkedHashMap<>();
        Set<Matrix> matrices = new LinkedHashSet<>();
        for (int i = 0; i < operations.size(); i++) {
            kinds.computeIfAbsent(name(operations.get(i)), name -> new ArrayList<>()).add(i);
            if (operations.get(i) instanceof Linear linear) {
                matrices.add(linear.matrix());
            }
        }
        List<CostLine> lines = new ArrayList<>();
        kinds.forEach((name, members) -> {
            List<Operation> alike = members.stream().map(operations::get).toList();
            lines.add(new CostLine(
                    name, floors.forward(alike, us(forward, members, clock)), floors.backward(alike, us(backward, members, clock))));
        });
        lines.add(line("weight derivatives", floors.weightGradients(matrices, us(products, clock))));
        lines.add(line("clearing derivatives", floors.clearing(us(clearing, clock))));
        lines.add(line("norm", floors.update(1, us(norm, clock))));
        lines.add(line("clipping, optimiser", floors.update(OPTIMISER_PASSES, us(updating, clock))));
        lines.add(line("transposed weights", floors.transposing(us(transposing, clock))));
        lines.add(line("drawing sequences", new Cost(us(drawing, clock), 0, 0, 0)));
        return new CostMap(name, batch, STEPS, lines, us(whole, clock));
    }

    private static String name(Operation operation) {
        String kind = operation.getClass().getSimpleName();
        return operation instanceof Linear linear ? kind + " " + linear.matrix().name() : kind;
    }

    private static CostLine line(String name, Cost backward) {
        return new CostLine(name, Cost.NONE, backward);
    }

    private double us(Samples samples, double clock) {
        return Math.max(0, samples.median() - clock) / 1e3 / STEPS / batch;
    }

    private double us(Samples[] samples, List<Integer> members, double clock) {
        return members.stream().mapToDouble(i -> us(samples[i], clock)).sum();
    }
}
