package io.github.ntm4j.machines.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.machine.Session.Change;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session or a batch of streams cannot take is refused by name, and changes nothing. */
class SessionArgumentsTest {
    private static final int INPUTS = 3;
    private static final int OUTPUTS = 2;
    private final Machine machine = machine();

    private static Machine machine() {
        Machine machine = Machines.config("machine.rows=8", "machine.width=4", "machine.controller_size=6").build(INPUTS, OUTPUTS);
        Machines.draw(machine.parameters(), 3);
        return machine;
    }

    private Session session(int batch) {
        return new Session(machine, batch, KernelProvider.PORTABLE);
    }

    private SessionBatch places(int count) {
        return new SessionBatch(machine, count, KernelProvider.PORTABLE);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    /** After a refusal the session gives, to the bit, what it would have given without. */
    private static void leavesAsItWas(Session session, ThrowingCallable refusedCall) {
        Session other = session.fork();
        assertThat(catchThrowable(refusedCall)).isInstanceOf(IllegalArgumentException.class);
        session.step(new float[session.batch() * INPUTS]);
        other.step(new float[session.batch() * INPUTS]);
        assertThat(session.probabilities()).isEqualTo(other.probabilities()).doesNotContain(Float.NaN);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void whatIsNoFiniteNumberNeverGetsIn(float bad) {
        Session session = session(1);
        session.step(1, 0, 1);
        String message = "inputs: expected finite numbers, got " + bad + " at 1";
        refused(() -> session.step(0, bad, 0), message);
        refused(() -> session.step(new float[] {0, bad, 0}, 0, INPUTS, List.of()), message);
        leavesAsItWas(session, () -> session.step(0, bad, 0));

        Session two = session(2);
        refused(() -> two.step(0, 0, 0, 0, bad, 0), "inputs: expected finite numbers, got " + bad + " at 4");
        leavesAsItWas(two, () -> two.step(0, 0, 0, 0, bad, 0));

        SessionBatch batch = places(2);
        int stream = batch.join();
        refused(() -> batch.input(stream, new float[] {0, bad, 0}, 0), "vector: expected finite numbers, got " + bad + " at 1");
        batch.step();
        assertThatIllegalStateException().isThrownBy(() -> batch.logit(stream, 0)).withMessageContaining("took part in the last step");
    }

    @Test
    void whatLiesBesideTheVectorsIsNobodysBusiness() {
        Session session = session(2);
        session.step(new float[] {Float.NaN, 1, 0, 0, Float.NaN, 0, 1, 0, Float.NaN}, 1, 4);
        assertThat(session.probabilities()).doesNotContain(Float.NaN);
    }

    @Test
    void vectorsLieWithinTheirArray() {
        Session session = session(2);
        float[] array = new float[7];
        refused(() -> session.step(null, 0, INPUTS), "inputs: expected one, got null");
        refused(() -> session.step((float[]) null), "inputs: expected one, got null");
        refused(() -> session.step(new float[5]), "inputs: expected 6 floats, got 5");
        refused(() -> session.step(new float[7]), "inputs: expected 6 floats, got 7");
        refused(() -> session.step(array, -1, INPUTS), "at: expected 0 to 1 for 6 of 7 floats, got -1");
        refused(() -> session.step(array, 2, INPUTS), "at: expected 0 to 1 for 6 of 7 floats, got 2");
        refused(() -> session.step(array, Integer.MAX_VALUE, INPUTS), "at: expected 0 to 1 for 6 of 7 floats, got 2147483647");
        refused(() -> session.step(array, 0, 5), "inputs: expected at least 8 floats, got 7");
        refused(() -> session.step(array, 0, Integer.MAX_VALUE), "inputs: expected at least 2147483650 floats, got 7");
        refused(() -> session.step(array, 3, -3), "stride: expected at least 0, got -3");
        leavesAsItWas(session, () -> session.step(array, 2, INPUTS));

        SessionBatch batch = places(1);
        int stream = batch.join();
        refused(() -> batch.input(stream, null, 0), "vector: expected one, got null");
        refused(() -> batch.input(stream, new float[2], 0), "vector: expected at least 3 floats, got 2");
        refused(() -> batch.input(stream, new float[4], 2), "at: expected 0 to 1 for 3 of 4 floats, got 2");
    }

    @Test
    void thereIsAtLeastOneStream() {
        refused(() -> session(0), "batch: expected at least 1, got 0");
        refused(() -> session(-2), "batch: expected at least 1, got -2");
        refused(() -> places(0), "places: expected at least 1, got 0");
        refused(() -> session(1 << 28), "batch: expected fewer, got 268435456, whose state is larger than java's largest array");
        refused(() -> places(1 << 28), "places: expected fewer, got 268435456, whose state is larger than java's largest array");
        refused(() -> new Session(null, 1, KernelProvider.PORTABLE), "machine: expected one, got null");
        refused(() -> new Session(machine, 1, null), "provider: expected one, got null");
        refused(() -> new SessionBatch(machine, 1, null), "provider: expected one, got null");
    }

    @Test
    void answersAreOfSequencesAndOutputsThatThereAre() {
        Session session = session(2);
        session.step(new float[6]);
        refused(() -> session.logit(2, 0), "b: expected 0 to 1, got 2");
        refused(() -> session.logit(-1, 0), "b: expected 0 to 1, got -1");
        refused(() -> session.logit(0, 2), "output: expected 0 to 1, got 2");
        refused(() -> session.outputs(2, new float[2], 0), "b: expected 0 to 1, got 2");
        refused(() -> session.outputs(0, new float[1], 0), "outputs: expected at least 2 floats, got 1");
        refused(() -> session.probabilities(0, new float[3], 2), "at: expected 0 to 1 for 2 of 3 floats, got 2");
        refused(() -> session.answer(Objective.REALS, 0, null, 0), "answer: expected one, got null");
        refused(() -> session.answer(null, 0, new float[2], 0), "objective: expected one, got null");
        refused(() -> session.value(session.names().get("memory"), 2), "b: expected 0 to 1, got 2");
        refused(() -> session.value(null, 0), "tensor: expected one, got null");
        Tensor elsewhere = session(1).names().get("memory");
        refused(() -> session.value(elsewhere, 0), "tensor: expected one of the names() of this session, got " + elsewhere);

        SessionBatch batch = places(2);
        int stream = batch.join();
        batch.input(stream, new float[3], 0);
        batch.step();
        refused(() -> batch.logit(stream, -1), "output: expected 0 to 1, got -1");
        refused(() -> batch.logit(5, 0), "stream: expected one that has joined, got 5");
        refused(() -> batch.outputs(stream, new float[2], 1), "at: expected 0 to 0 for 2 of 2 floats, got 1");
        refused(() -> batch.probabilities(stream, null, 0), "probabilities: expected one, got null");
        refused(() -> batch.answer(null, stream, new float[2], 0), "objective: expected one, got null");
        refused(() -> batch.join(null), "state: expected one, got null");
        refused(() -> session.restore(null), "state: expected one, got null");
    }

    @Test
    void aChangeKeepsShapesAndStaysFinite() {
        refused(() -> new Change(null, value -> {}), "name: expected one, got null");
        refused(() -> new Change("memory_before", null), "edit: expected one, got null");
        refused(() -> step(session(1), null), "changes: expected one, got null");
        refused(() -> step(session(1), Arrays.asList((Change) null)), "changes: expected no null, got one at 0");
        refused(() -> change("memory_before", value -> value[0][1] = Float.NaN), "memory_before: expected finite numbers, got NaN at 1");
        refused(
                () -> change("read_head_0.key", value -> value[0][3] = Float.POSITIVE_INFINITY),
                "read_head_0.key: expected finite numbers, got Infinity at 3");
        refused(() -> change("read_head_0.key", value -> value[0] = new float[3]), "read_head_0.key: expected 4 floats, got 3");
        refused(() -> change("read_head_0.key", value -> value[0] = null), "read_head_0.key: expected one, got null");
        assertThatIllegalArgumentException().isThrownBy(() -> change("elsewhere", value -> {})).withMessageContaining("got elsewhere");
    }

    private void change(String name, java.util.function.Consumer<float[][]> edit) {
        step(session(1), List.of(new Change(name, edit)));
    }

    private static void step(Session session, List<Change> changes) {
        session.step(new float[INPUTS], 0, INPUTS, changes);
    }

    @Test
    void aStepThatBrokeOffInTheMiddleIsNotGoneOnFrom() {
        Session session = session(1);
        SessionState before = session.save();
        List<Change> failing = List.of(new Change("read_head_0.key", value -> {
            throw new UnsupportedOperationException("not today");
        }));
        assertThat(catchThrowable(() -> step(session, failing))).hasMessage("not today");
        assertThatIllegalStateException().isThrownBy(() -> session.step(new float[INPUTS])).withMessageContaining("reset or restored");
        assertThatIllegalStateException().isThrownBy(session::save).withMessageContaining("a change failed");
        assertThatIllegalStateException().isThrownBy(session::fork).withMessageContaining("a change failed");
        session.restore(before);
        session.step(new float[INPUTS]);
        assertThat(catchThrowable(() -> step(session, failing))).hasMessage("not today");
        session.reset();
        session.step(new float[INPUTS]);
    }

    @Test
    void aChangeMayLookButNotStep() {
        Session session = session(1);
        AtomicReference<float[][]> seen = new AtomicReference<>();
        step(session, List.of(new Change("memory", value -> seen.set(session.value(session.names().get("memory_before"), 0)))));
        assertThat(seen.get()).hasDimensions(4, 8);
        assertThatIllegalStateException()
                .isThrownBy(() -> step(session, List.of(new Change("memory", value -> session.step(new float[INPUTS])))))
                .withMessage("session: expected one call at a time, got one from within another");
    }

    /** A thread that comes while another is in the middle of a step is told so, whatever it wants; the other is not disturbed. */
    @Test
    void aSecondThreadIsRefused() {
        Session session = session(1);
        List<ThrowingCallable> calls = List.of(
                () -> session.step(new float[INPUTS]),
                session::reset,
                session::save,
                session::fork,
                session::probabilities,
                () -> session.logit(0, 0),
                () -> session.outputs(0, new float[OUTPUTS], 0),
                () -> session.value(session.names().get("memory"), 0));
        step(session, List.of(new Change("memory", value -> {
            for (ThrowingCallable call : calls) {
                assertThat(inAnotherThread(call))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("session: expected one thread at a time, got intruder");
            }
        })));
        Session alone = session(1);
        alone.step(new float[INPUTS]);
        assertThat(session.probabilities()).isEqualTo(alone.probabilities());
        assertThat(inAnotherThread(() -> session.step(new float[INPUTS]))).as("threads may take turns").isNull();
    }

    private static Throwable inAnotherThread(ThrowingCallable call) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try {
            Thread.ofPlatform().name("intruder").start(() -> thrown.set(catchThrowable(call))).join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return thrown.get();
    }

    /** In so many steps of two threads some meet, and that is noticed. */
    @Test
    void twoThreadsInABatchAreNoticed() throws InterruptedException {
        SessionBatch batch = places(64);
        AtomicInteger refused = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(2);
        Runnable stepping = () -> {
            for (int i = 0; i < 200; i++) {
                try {
                    together.await();
                    for (int n = 0; n < 20; n++) {
                        batch.step();
                    }
                } catch (IllegalStateException two) {
                    refused.incrementAndGet();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        };
        Thread other = Thread.ofPlatform().start(stepping);
        stepping.run();
        other.join();
        assertThat(refused.get()).isPositive();
    }
}
