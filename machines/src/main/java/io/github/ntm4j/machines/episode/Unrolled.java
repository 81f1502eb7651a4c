package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Noise;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.episode.Recording.RecordedStep;
import io.github.ntm4j.machines.machine.Objective;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine unrolled over time. Without segments its steps and losses are recorded one after the other, as many as the longest sequence had
 * so far, and a shorter sequence replays the first of them. With segments only so many steps are recorded, and a sequence runs over them
 * again and again: forwards segment by segment, keeping the state that each begins with; then backwards from the last segment to the first,
 * each run forwards anew from its state. Losses are the same to the bit; derivatives are the same to the bit for all lengths of a segment, and
 * differ in last bits from those without segments, whose sums over the steps begin at the other end. Serves one thread.
 */
final class Unrolled implements Episode {
    private final Objective objective;
    private final Tape tape;
    private final int batch;
    private final int segment;
    private final UnrolledSize size;
    private final Recording<?> recording;
    private final double[] loss;
    private final int[] errors;
    private final int[] lengths; // of the sequences that are run
    private final long[] keys; // what their random numbers begin with
    private final Random64 random = Random64.of(0, "", 0);
    private @Nullable Boundary boundary;

    /** Records the initial state. */
    Unrolled(StepMachine<?> machine, Desk desk) {
        this.objective = desk.objective();
        this.batch = desk.batch();
        this.segment = desk.segment();
        this.size = new UnrolledSize(machine, desk, true, Long.MAX_VALUE);
        this.tape = new Tape(machine.parameters(), desk.provider().create(), true).withLinkInterval(desk.linkInterval());
        tape.reserve(Math.toIntExact(size.values(0)), Math.toIntExact(size.gradients(0)));
        this.recording = new Recording<>(machine, objective, tape, batch);
        this.loss = new double[batch];
        this.errors = new int[batch];
        this.lengths = new int[batch];
        this.keys = new long[batch];
    }

    @Override
    public void extend(int count) {
        int wanted = recorded(count);
        if (wanted > recording.size()) {
            int had = recording.size();
            tape.reserve(
                    Math.toIntExact(size.values(wanted) - size.values(had)), Math.toIntExact(size.gradients(wanted) - size.gradients(had)));
            recording.extend(wanted);
        }
        if (count > wanted) {
            if (boundary == null) {
                boundary = new Boundary(tape, recording.initial(), recording.last());
            }
            boundary.reserve(segments(count));
        }
    }

    /** Steps on the tape for a sequence of some length. */
    private int recorded(int length) {
        return segment == 0 ? length : Math.min(segment, length);
    }

    private int segments(int length) {
        return (length - 1) / recorded(length) + 1;
    }

    /** {@inheritDoc} They run for as many steps as the longest has; a shorter one sees zeros after its end, which count for nothing. */
    @Override
    public void run(Sequence[] sequences, int from, NoiseSource noise, double scale, float[] gradients) {
        for (int b = 0; b < batch; b++) {
            lengths[b] = sequences[from + b].steps();
            keys[b] = noise.key(from + b, random);
        }
        int length = longest();
        extend(length);
        Arrays.fill(loss, 0);
        Arrays.fill(errors, 0);
        int segments = segments(length);
        if (segment > 0) {
            Arrays.fill(gradients, 0f);
        }
        for (int s = 0; s < segments; s++) {
            if (s > 0) {
                crossing().keep(s);
            }
            forward(s, sequences, from, length);
            score(s * recorded(length), steps(s, length));
        }
        for (int s = segments - 1; s >= 0; s--) {
            if (s < segments - 1) {
                forward(s, sequences, from, length);
            }
            Tape.Mark end = end(steps(s, length));
            tape.clearGradients(end);
            if (s < segments - 1) {
                crossing().giveDerivatives();
            }
            deriveLoss(s * recorded(length), steps(s, length), scale);
            if (segment == 0) {
                tape.backward(end, gradients);
            } else {
                tape.backward(end, s > 0 ? recording.beginning() : tape.start(), gradients);
            }
            if (s > 0) {
                crossing().takeDerivatives();
            }
        }
    }

    /** Number of steps of a segment: fewer in the last one. */
    private int steps(int index, int length) {
        int most = recorded(length);
        return Math.min(most, length - index * most);
    }

    private Tape.Mark end(int steps) {
        return recording.step(steps - 1).end();
    }

    private Boundary crossing() {
        if (boundary == null) {
            throw new IllegalStateException("a sequence of one segment has no boundary");
        }
        return boundary;
    }

    private int longest() {
        int longest = 0;
        for (int length : lengths) {
            longest = Math.max(longest, length);
        }
        return longest;
    }

    /** Runs a segment of sequences of some length from the state that it begins with. */
    private void forward(int index, Sequence[] sequences, int from, int length) {
        int steps = steps(index, length);
        load(sequences, from, index * recorded(length), steps);
        if (index == 0) {
            draw(recording.initialNoise(), -1);
            tape.forward(tape.start(), end(steps));
        } else {
            crossing().enter(index);
            tape.forward(recording.beginning(), end(steps));
        }
    }

    private void load(Sequence[] sequences, int from, int first, int steps) {
        float[] values = tape.values();
        for (int i = 0; i < steps; i++) {
            RecordedStep step = recording.step(i);
            int t = first + i;
            draw(step.noise(), t);
            for (int b = 0; b < batch; b++) {
                Sequence s = sequences[from + b];
                if (t >= s.steps()) {
                    fill(step.input(), b);
                    fill(step.target(), b);
                    fill(step.mask(), b);
                    continue;
                }
                System.arraycopy(s.input(), t * s.inputs(), values, step.input().at(b, 0), s.inputs());
                System.arraycopy(s.target(), t * s.outputs(), values, step.target().at(b, 0), s.outputs());
                values[step.mask().at(b, 0)] = s.mask()[t];
            }
        }
    }

    /** The same numbers for a step of a sequence whenever it runs. */
    private void draw(List<Noise> places, int t) {
        if (places.isEmpty()) {
            return;
        }
        for (int b = 0; b < batch; b++) {
            NoiseSource.begin(keys[b], t, random);
            for (int i = 0; i < places.size(); i++) {
                places.get(i).draw(b, random);
            }
        }
    }

    private void fill(Tensor tensor, int b) {
        Arrays.fill(tape.values(), tensor.at(b, 0), tensor.at(b, 0) + tensor.size(), 0f);
    }

    private void score(int first, int steps) {
        float[] values = tape.values();
        for (int i = 0; i < steps; i++) {
            RecordedStep step = recording.step(i);
            for (int b = 0; b < batch; b++) {
                loss[b] += values[step.loss().at(b, 0)];
                if (step.cost() != null && first + i < lengths[b]) {
                    loss[b] += values[step.cost().at(b, 0)];
                }
                if (values[step.mask().at(b, 0)] > 0) {
                    int width = step.output().size();
                    errors[b] += objective.errors(values, step.output().at(b, 0), values, step.target().at(b, 0), width);
                }
            }
        }
    }

    private void deriveLoss(int first, int steps, double scale) {
        float[] gradients = tape.gradients();
        for (int i = 0; i < steps; i++) {
            Tensor stepLoss = recording.step(i).loss();
            Tensor cost = recording.step(i).cost();
            for (int b = 0; b < batch; b++) {
                gradients[stepLoss.gradientAt(b, 0)] = (float) scale;
                if (cost != null && first + i < lengths[b]) {
                    gradients[cost.gradientAt(b, 0)] += (float) scale; // a cost may be a part of the state, too
                }
            }
        }
    }

    @Override
    public double loss(int b) {
        return loss[b];
    }

    @Override
    public int errors(int b) {
        return errors[b];
    }

    /** {@inheritDoc} They are the tape's arenas and the states that segments begin with. */
    @Override
    public long floats() {
        return (long) tape.values().length + tape.gradients().length + (boundary == null ? 0 : boundary.floats());
    }
}
