package io.github.ntm4j.machines.machine;

import static io.github.ntm4j.machines.machine.SessionTest.BATCH;
import static io.github.ntm4j.machines.machine.SessionTest.INPUTS;
import static io.github.ntm4j.machines.machine.SessionTest.OUTPUTS;
import static io.github.ntm4j.machines.machine.SessionTest.STEPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.SessionTest.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaving a stream and going on with it. */
class SessionStateTest {
    private static final String KINDS = "io.github.ntm4j.machines.machine.SessionTest#kinds";
    private static final Kind SMALL =
            new Kind("preset=graves-2014 machine.rows=7 machine.width=3 machine.controller_size=5", KernelProvider.PORTABLE);

    @TempDir
    private Path folder;

    /** Outputs and named values of all sequences in some steps. */
    private static List<float[]> run(Session session, int from, int to) {
        List<float[]> all = new ArrayList<>();
        for (int t = from; t < to; t++) {
            session.step(SessionTest.inputs(t), 0, INPUTS);
            for (int b = 0; b < session.batch(); b++) {
                float[] output = new float[OUTPUTS];
                session.probabilities(b, output, 0);
                all.add(output);
                for (var tensor : session.names().values()) {
                    all.addAll(List.of(session.value(tensor, b)));
                }
            }
        }
        return all;
    }

    private static void assertSameBits(List<float[]> actual, List<float[]> expected) {
        assertThat(actual.toArray(float[][]::new)).isDeepEqualTo(expected.toArray(float[][]::new));
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void aRestoredStreamGoesOnAsIfNothingHadHappened(Kind kind) {
        Machine machine = kind.machine();
        Session session = kind.session(machine, BATCH);
        run(session, 0, 6);
        SessionState state = session.save();
        List<float[]> unbroken = run(session, 6, STEPS);
        session.restore(state);
        assertSameBits(run(session, 6, STEPS), unbroken);
        Session other = kind.session(machine, BATCH);
        run(other, 2, 5);
        other.restore(state);
        assertSameBits(run(other, 6, STEPS), unbroken);
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void aForkGoesItsOwnWay(Kind kind) {
        Session session = kind.session(kind.machine(), BATCH);
        run(session, 0, 6);
        Session fork = session.fork();
        Session twin = fork.fork();
        List<float[]> unbroken = run(session, 6, STEPS);
        run(fork, 0, 4);
        assertSameBits(run(twin, 6, STEPS), unbroken);
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void aStateSurvivesInAFile(Kind kind) {
        Machine machine = kind.machine();
        Session session = kind.session(machine, BATCH);
        run(session, 0, 3);
        Path file = folder.resolve("state.safetensors");
        session.save().write(file);
        SessionState read = SessionState.read(file);
        assertThat(read.streams()).isEqualTo(BATCH);
        Session other = kind.session(machine, BATCH);
        other.restore(read);
        assertSameBits(run(other, 3, STEPS), run(session, 3, STEPS));
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void aStateSavedWithOneKindOfKernelsIsOneForTheOther(KernelProvider provider) {
        Kind kind = new Kind("preset=default", provider);
        Machine machine = kind.machine();
        Session session = kind.session(machine, BATCH);
        run(session, 0, 6);
        for (KernelProvider other : KernelProvider.values()) {
            Session continued = new Session(machine, BATCH, other);
            continued.restore(session.save());
            assertSameBits(run(continued, 6, 9), run(session.fork(), 6, 9));
        }
    }

    @Test
    void theStateBeforeTheFirstStepIsAStateToo() {
        Machine machine = SMALL.machine();
        Session session = SMALL.session(machine, BATCH);
        SessionState beginning = session.save();
        List<float[]> first = run(session, 0, STEPS);
        session.restore(beginning);
        assertSameBits(run(session, 0, STEPS), first);
        session.restore(beginning);
        session.reset();
        assertSameBits(run(session, 0, STEPS), first);
    }

    @Test
    void laterStepsLeaveASavedStateAsItIs() {
        Session session = SMALL.session(SMALL.machine(), BATCH);
        run(session, 0, 4);
        SessionState state = session.save();
        float[] values = state.values().clone();
        run(session, 4, STEPS);
        session.reset();
        assertThat(state.values()).isEqualTo(values);
    }

    @Test
    void aStateThatItsMachineOnlyPassesOnIsCarriedInOrder() {
        Session session = new Session(new DelayLine(), 2, KernelProvider.PORTABLE);
        float[] stream = {1, 10, 2, 20, 3, 30, 4, 40};
        float[] delayed = new float[stream.length];
        for (int round = 0; round < 2; round++) {
            for (int t = 0; t < 4; t++) {
                session.step(stream, 2 * t, 1);
                delayed[2 * t] = session.logit(0, 0);
                delayed[2 * t + 1] = session.logit(1, 0);
            }
            assertThat(delayed).as("round %s: what came two steps before", round).containsExactly(0, 0, 0, 0, 1, 10, 2, 20);
            session.reset();
        }
        SessionState before = session.save();
        session.step(stream, 0, 1);
        session.restore(before);
        session.step(stream, 2, 1);
        session.step(stream, 4, 1);
        session.step(stream, 6, 1);
        assertThat(session.logit(0, 0)).isEqualTo(2);
    }

    private static void refused(Runnable action, String... parts) {
        assertThatExceptionOfType(UserException.class).isThrownBy(action::run).withMessageContainingAll(parts);
    }

    @Test
    void aStateOfAnotherMachineIsRefused() {
        Session session = SMALL.session(SMALL.machine(), 1);
        SessionState state = session.save();
        Kind wider = new Kind(SMALL.settings().replace("rows=7", "rows=8"), KernelProvider.PORTABLE);
        refused(() -> wider.session(wider.machine(), 1).restore(state), "whose state is [[1][5], [1][5], [3][8]", "found [[1][5], [1][5], [3][7]");
        refused(() -> SMALL.session(SMALL.machine(), 2).restore(state), "expected the state of 2 streams, found 1");
        Machine trained = SMALL.machine();
        Machines.draw(trained.parameters(), 8);
        refused(() -> SMALL.session(trained, 1).restore(state), "SHA-256 " + trained.parameters().sha256());
    }

    private Path file() {
        Path file = folder.resolve("state.safetensors");
        SMALL.session(SMALL.machine(), 2).save().write(file);
        return file;
    }

    private static Path changed(Path file, Consumer<Map<String, StoredTensor>> tensors, Consumer<Map<String, String>> metadata) {
        Safetensors stored = Safetensors.read(file);
        Map<String, StoredTensor> other = new LinkedHashMap<>(stored.tensors());
        tensors.accept(other);
        Map<String, String> texts = new LinkedHashMap<>(stored.metadata());
        metadata.accept(texts);
        Safetensors.of(texts, other.values()).write(file);
        return file;
    }

    @Test
    void aFileThatIsSomethingElseIsRefused() throws IOException {
        refused(() -> SessionState.read(folder.resolve("none")), "no such file");
        Path text = Files.writeString(folder.resolve("text"), "not a state");
        refused(() -> SessionState.read(text), text.toString());
        refused(() -> SessionState.read(changed(file(), tensors -> {}, texts -> texts.put("format", "ntm4j/1"))), "expected the state of a session");
        refused(() -> SessionState.read(changed(file(), tensors -> {}, texts -> texts.remove("weights_sha256"))), "expected the state of a session");
        refused(() -> SessionState.read(changed(file(), Map::clear, texts -> {})), "expected the state of a session");
        refused(() -> SessionState.read(changed(file(), tensors -> tensors.remove("state.1"), texts -> {})), "expected a tensor state.1");
        StoredTensor flat = StoredTensor.of("state.0", new float[10], 10);
        refused(() -> SessionState.read(changed(file(), tensors -> tensors.put("state.0", flat), texts -> {})), "three axes, found [10]");
        StoredTensor fewer = StoredTensor.of("state.1", new float[5], 1, 1, 5);
        refused(() -> SessionState.read(changed(file(), tensors -> tensors.put("state.1", fewer), texts -> {})), "state.1: expected as many streams");
        StoredTensor broken = StoredTensor.of("state.0", new float[] {0, Float.NaN}, 2, 1, 1);
        refused(() -> SessionState.read(changed(file(), tensors -> tensors.put("state.0", broken), texts -> {})), "is NaN");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.3, 0.9, 0.999})
    void aDamagedFileIsRefused(double where) throws IOException {
        Path file = file();
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) (where * bytes.length)] ^= 4;
        Files.write(file, bytes);
        refused(() -> SMALL.session(SMALL.machine(), 2).restore(SessionState.read(file)), file.toString());
    }

    @Test
    void aStateThatIsNotFiniteIsNeitherWrittenNorGoneOnFrom() {
        Machine machine = SMALL.machine();
        Arrays.fill(machine.parameters().values(), Float.NaN);
        machine.parameters().refresh();
        Session session = SMALL.session(machine, 1);
        session.step(new float[INPUTS]);
        SessionState state = session.save();
        Path file = folder.resolve("nan.safetensors");
        assertThatExceptionOfType(RunFailedException.class).isThrownBy(() -> state.write(file)).withMessageContaining("NaN");
        assertThat(file).doesNotExist();
        refused(() -> session.restore(state), "session state: expected finite numbers, found NaN");
        refused(() -> new SessionBatch(machine, 1, KernelProvider.PORTABLE).join(state), "session state: expected finite numbers, found NaN");
    }
}
