package io.github.ntm4j.machines.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.config.Settings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Running a machine, apart from training it. */
class SessionTest {
    private static final long SEED = 7;
    static final int INPUTS = 5;
    static final int OUTPUTS = 4;
    static final int BATCH = 6;
    static final int STEPS = 15;
    private static final int ROUNDS = 5;
    private static final Sequences SEQUENCES = Sequences.random(SEED, STEPS, BATCH, INPUTS, OUTPUTS);

    /**
     * A kind of machine.
     *
     * @param settings what differs from the defaults
     * @param provider whose kernels
     */
    record Kind(String settings, KernelProvider provider) {
        Machine machine() {
            Machine machine = Machines.config(settings.split(" ")).build(INPUTS, OUTPUTS);
            Machines.draw(machine.parameters(), SEED);
            return machine;
        }

        Session session(Machine machine, int batch) {
            return new Session(machine, batch, provider);
        }

        @Override
        public String toString() {
            return Settings.text(provider) + ": " + settings.replace("machine.", "");
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                        "preset=default",
                        "preset=pytorch-ntm machine.rows=9 machine.width=5 machine.controller_size=7 machine.controller_layers=2",
                        "preset=graves-2014 machine.rows=17 machine.width=3 machine.read_heads=2 machine.write_heads=3",
                        "preset=collier-2018 machine.type=ntm-ff machine.rows=16 machine.write_heads=2 machine.write_addressing=in-turn",
                        "machine.type=dnc machine.rows=17 machine.width=5 machine.controller_size=9 machine.read_heads=2",
                        "machine.type=dnc machine.rows=8 machine.width=3 machine.controller_size=6 machine.controller_layers=2"
                                + " machine.mask=true machine.sharpen=true machine.deallocate=true machine.start=learned",
                        "machine.type=dnc machine.rows=9 machine.width=4 machine.controller=feed-forward machine.write_heads=2"
                                + " machine.links=sparse machine.link_entries=3 machine.start=random",
                        "machine.type=lstm machine.controller_size=9 machine.initial_controller=learned")
                .flatMap(settings -> Stream.of(KernelProvider.values()).map(provider -> new Kind(settings, provider)));
    }

    static Stream<Kind> portableKinds() {
        return kinds().filter(kind -> kind.provider() == KernelProvider.PORTABLE);
    }

    /** The inputs of a step, those of the sequences one after the other. */
    static float[] inputs(int t) {
        float[] inputs = new float[BATCH * INPUTS];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) SEQUENCES.inputs()[t][i / INPUTS][i % INPUTS];
        }
        return inputs;
    }

    /** All that sequences {@code from} and following bring about, as many as the session has: outputs and named values, step by step. */
    private static List<List<float[][]>> run(Session session, int from) {
        List<List<float[][]>> all = new ArrayList<>();
        for (int b = 0; b < session.batch(); b++) {
            all.add(new ArrayList<>());
        }
        for (int t = 0; t < STEPS; t++) {
            session.step(inputs(t), from * INPUTS, INPUTS);
            for (int b = 0; b < session.batch(); b++) {
                collect(session, b, all.get(b));
            }
        }
        return all;
    }

    private static void collect(Session session, int b, List<float[][]> into) {
        float[] output = new float[OUTPUTS];
        session.probabilities(b, output, 0);
        into.add(new float[][] {output});
        session.names().values().forEach(tensor -> into.add(session.value(tensor, b)));
    }

    private static void assertSameBits(List<List<float[][]>> actual, List<List<float[][]>> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int b = 0; b < actual.size(); b++) {
            float[][][] values = actual.get(b).toArray(float[][][]::new);
            assertThat(values).as("sequence %s", b).isDeepEqualTo(expected.get(b).toArray(float[][][]::new));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aBatchGivesTheSameBitsAsItsSequencesAlone(Kind kind) {
        Machine machine = kind.machine();
        List<List<float[][]>> alone = new ArrayList<>();
        for (int b = 0; b < BATCH; b++) {
            alone.addAll(run(kind.session(machine, 1), b));
        }
        assertSameBits(run(kind.session(machine, BATCH), 0), alone);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatPadsSequencesThatHaveEndedChangesNothing(Kind kind) {
        Machine machine = kind.machine();
        List<List<float[][]>> alone = new ArrayList<>();
        for (int b = 0; b < BATCH; b++) {
            alone.addAll(run(kind.session(machine, 1), b));
        }
        Session session = kind.session(machine, BATCH);
        for (int t = 0; t < STEPS; t++) {
            float[] inputs = inputs(t);
            for (int b = 0; b < BATCH; b++) {
                if (t >= length(b)) {
                    Arrays.fill(inputs, b * INPUTS, (b + 1) * INPUTS, b % 2 == 0 ? 1e3f : Float.MAX_VALUE);
                }
            }
            session.step(inputs);
            for (int b = 0; b < BATCH; b++) {
                if (t < length(b)) {
                    List<float[][]> values = new ArrayList<>();
                    collect(session, b, values);
                    int from = t * values.size();
                    assertSameBits(List.of(values), List.of(alone.get(b).subList(from, from + values.size())));
                }
            }
        }
    }

    /** From 3 steps to all of them. */
    private static int length(int b) {
        return STEPS - b * (STEPS - 3) / (BATCH - 1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void stepByStepGivesTheSameBitsAsARecordingForTraining(Kind kind) {
        Machine machine = kind.machine();
        Session session = kind.session(machine, BATCH);
        Outcome recorded = MachineRun.of(machine, kind.provider(), SEQUENCES);
        float[] output = new float[OUTPUTS];
        for (int t = 0; t < STEPS; t++) {
            session.step(inputs(t), 0, INPUTS);
            for (int b = 0; b < BATCH; b++) {
                session.probabilities(b, output, 0);
                double[] expected = recorded.steps().get(t).get(b).get("output");
                for (int i = 0; i < OUTPUTS; i++) {
                    assertThat((double) output[i]).isEqualTo(expected[i]);
                }
            }
        }
    }

    @Test
    void theShortFormsAreTheSame() {
        Kind kind = new Kind("preset=default", KernelProvider.PORTABLE);
        Machine machine = kind.machine();
        Session one = kind.session(machine, BATCH);
        Session other = kind.session(machine, BATCH);
        one.step(inputs(0), 0, INPUTS);
        other.step(inputs(0));
        float[] last = new float[OUTPUTS];
        one.probabilities(BATCH - 1, last, 0);
        assertThat(other.probabilities()).hasSize(BATCH * OUTPUTS).endsWith(last);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.step(1, 0, 1))
                .withMessage("inputs: expected " + BATCH * INPUTS + " floats, got 3");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void runningLeavesTheParametersAlone(Kind kind) {
        Machine machine = kind.machine();
        float[] before = machine.parameters().values().clone();
        run(kind.session(machine, BATCH), 0);
        assertThat(machine.parameters().values()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void resettingGivesTheSameAgain(Kind kind) {
        Session session = kind.session(kind.machine(), BATCH);
        List<List<float[][]>> first = run(session, 0);
        session.reset();
        assertSameBits(run(session, 0), first);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void resettingTakesInChangedParameters(Kind kind) {
        Machine machine = kind.machine();
        Session session = kind.session(machine, BATCH);
        List<List<float[][]>> first = run(session, 0);
        Machines.draw(machine.parameters(), SEED + 1);
        session.reset();
        List<List<float[][]>> second = run(session, 0);
        assertThat(second.getFirst().getFirst()[0]).isNotEqualTo(first.getFirst().getFirst()[0]);
        assertSameBits(second, run(kind.session(machine, BATCH), 0));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void sessionsOfOneMachineDoNotDisturbEachOther(Kind kind) {
        Machine machine = kind.machine();
        List<Session> sessions = List.of(kind.session(machine, 1), kind.session(machine, 1));
        List<List<float[][]>> taken = List.of(new ArrayList<>(), new ArrayList<>());
        for (int t = 0; t < STEPS; t++) {
            for (int b = 0; b < sessions.size(); b++) {
                sessions.get(b).step(inputs(t), b * INPUTS, INPUTS);
                collect(sessions.get(b), 0, taken.get(b));
            }
        }
        assertSameBits(taken, List.of(run(kind.session(machine, 1), 0).getFirst(), run(kind.session(machine, 1), 1).getFirst()));
    }

    /**
     * Not a byte in some hundreds of steps. Of several rounds the best counts, as the virtual machine itself takes some bytes on the
     * thread's account when it changes to compiled code; an allocation of the step would be in every round.
     */
    @ParameterizedTest
    @MethodSource("portableKinds")
    void stepsOnPortableKernelsAllocateNothing(Kind kind) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Session session = kind.session(kind.machine(), BATCH);
        float[] inputs = inputs(0);
        float[] output = new float[OUTPUTS];
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int t = 0; t < 200; t++) {
                session.step(inputs, 0, INPUTS);
                session.probabilities(BATCH - 1, output, 0);
            }
            session.reset();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes allocated by 200 steps").isZero();
    }
}
