package io.github.ntm4j.machines.machine;

import static io.github.ntm4j.machines.machine.SessionTest.INPUTS;
import static io.github.ntm4j.machines.machine.SessionTest.OUTPUTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.SessionTest.Kind;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that are stepped together. */
class SessionBatchTest {
    private static final String KINDS = "io.github.ntm4j.machines.machine.SessionTest#kinds";
    private static final long SEED = 5;
    private static final int PLACES = 4;
    private static final int ROUNDS = 60;
    private static final Kind SMALL =
            new Kind("preset=graves-2014 machine.rows=7 machine.width=3 machine.controller_size=5", KernelProvider.PORTABLE);

    private static float[] vector(Random64 random) {
        float[] vector = new float[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            vector[i] = random.nextFloat(-1, 1);
        }
        return vector;
    }

    private static void assertSameAnswer(SessionBatch batch, int stream, Session alone) {
        float[] together = new float[OUTPUTS];
        float[] expected = new float[OUTPUTS];
        batch.probabilities(stream, together, 0);
        alone.probabilities(0, expected, 0);
        assertThat(together).isEqualTo(expected);
        assertThat(batch.logit(stream, 1)).isEqualTo(alone.logit(0, 1));
        batch.outputs(stream, together, 0);
        alone.outputs(0, expected, 0);
        assertThat(together).isEqualTo(expected);
        batch.answer(Objective.SYMBOLS, stream, together, 0);
        alone.answer(Objective.SYMBOLS, 0, expected, 0);
        assertThat(together).isEqualTo(expected);
    }

    /** At random, streams join anew or from a saved state, take part in a step or wait, are replaced or leave. */
    @ParameterizedTest
    @MethodSource(KINDS)
    void everyStreamIsWhatItWouldBeAlone(Kind kind) {
        Machine machine = kind.machine();
        SessionBatch batch = new SessionBatch(machine, PLACES, kind.provider());
        Map<Integer, Session> alone = new LinkedHashMap<>();
        Random64 random = Random64.of(SEED, "streams", 0);
        float[] parked = null;
        SessionState saved = kind.session(machine, 1).save();
        Session continued = kind.session(machine, 1);
        for (int round = 0; round < ROUNDS; round++) {
            if (alone.size() < PLACES && random.nextInt(0, 2) > 0) {
                boolean anew = random.nextBoolean();
                int stream = anew ? batch.join() : batch.join(saved);
                assertThat(alone.put(stream, anew ? kind.session(machine, 1) : continued.fork())).isNull();
            }
            Map<Integer, Session> taking = new LinkedHashMap<>();
            for (Map.Entry<Integer, Session> entry : alone.entrySet()) {
                if (random.nextInt(0, 2) > 0) {
                    parked = vector(random);
                    batch.input(entry.getKey(), parked, 0);
                    entry.getValue().step(parked, 0, INPUTS);
                    taking.put(entry.getKey(), entry.getValue());
                }
            }
            batch.step();
            taking.forEach((stream, session) -> assertSameAnswer(batch, stream, session));
            if (!alone.isEmpty() && random.nextInt(0, 4) == 0) {
                int stream = alone.keySet().iterator().next();
                saved = batch.save(stream);
                continued = alone.remove(stream);
                batch.leave(stream);
            }
        }
        assertThat(parked).isNotNull();
    }

    @Test
    void aStreamMovesFromASessionToABatchAndBack() {
        Machine machine = SMALL.machine();
        Random64 random = Random64.of(SEED, "moving", 0);
        float[] first = vector(random);
        float[] second = vector(random);
        float[] third = vector(random);
        Session unbroken = SMALL.session(machine, 1);
        unbroken.step(first, 0, INPUTS);
        unbroken.step(second, 0, INPUTS);
        unbroken.step(third, 0, INPUTS);
        Session session = SMALL.session(machine, 1);
        session.step(first, 0, INPUTS);
        SessionBatch batch = new SessionBatch(machine, 3, KernelProvider.SIMD);
        batch.join();
        int stream = batch.join(session.save());
        batch.input(stream, second, 0);
        batch.step();
        batch.step();
        session.restore(batch.save(stream));
        session.step(third, 0, INPUTS);
        assertThat(session.logit(0, 0)).isEqualTo(unbroken.logit(0, 0));
    }

    @Test
    void whatAMachineOnlyPassesOnWaitsWithItsStream() {
        SessionBatch batch = new SessionBatch(new DelayLine(), 2, KernelProvider.PORTABLE);
        int steady = batch.join();
        int hesitant = batch.join();
        float[] steadyOutput = new float[6];
        for (int t = 0; t < 6; t++) {
            batch.input(steady, new float[] {t + 1}, 0);
            if (t % 2 == 1) {
                batch.input(hesitant, new float[] {10 * t}, 0);
            }
            batch.step();
            steadyOutput[t] = batch.logit(steady, 0);
        }
        assertThat(steadyOutput).containsExactly(0, 0, 1, 2, 3, 4);
        assertThat(batch.logit(hesitant, 0)).isEqualTo(10);
    }

    @Test
    void wrongUseIsRefused() {
        Machine machine = SMALL.machine();
        SessionBatch batch = new SessionBatch(machine, 2, KernelProvider.PORTABLE);
        assertThatIllegalArgumentException().isThrownBy(() -> batch.leave(0)).withMessageContaining("expected one that has joined, got 0");
        int one = batch.join();
        int two = batch.join();
        assertThatIllegalStateException().isThrownBy(batch::join).withMessageContaining("all 2 are taken");
        batch.input(one, new float[INPUTS], 0);
        batch.step();
        assertThatIllegalStateException().isThrownBy(() -> batch.logit(two, 0)).withMessageContaining("took part in the last step");
        batch.step();
        assertThatIllegalStateException().isThrownBy(() -> batch.logit(one, 0));
        batch.leave(one);
        assertThatIllegalArgumentException().isThrownBy(() -> batch.input(one, new float[INPUTS], 0));
        SessionState ofTwo = SMALL.session(machine, 2).save();
        assertThatExceptionOfType(UserException.class).isThrownBy(() -> batch.join(ofTwo)).withMessageContaining("expected the state of 1 streams");
        assertThat(batch.join()).as("a refused state takes no place").isEqualTo(one);
        assertThat(batch.places()).isEqualTo(2);
    }

    @Test
    void stepsAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SessionBatch batch = new SessionBatch(SMALL.machine(), PLACES, KernelProvider.PORTABLE);
        int one = batch.join();
        int two = batch.join();
        float[] input = new float[INPUTS];
        float[] output = new float[OUTPUTS];
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int t = 0; t < 200; t++) {
                batch.input(one, input, 0);
                if (t % 3 == 0) {
                    batch.input(two, input, 0);
                }
                batch.step();
                batch.probabilities(one, output, 0);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes allocated by 200 steps").isZero();
    }
}
