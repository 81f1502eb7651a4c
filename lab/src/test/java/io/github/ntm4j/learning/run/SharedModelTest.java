package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.lab.trace.Tracer;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.training.Evaluator;
import io.github.ntm4j.learning.training.Trainer;
import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.machine.SessionBatch;
import io.github.ntm4j.machines.model.Model;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model in the hands of many. */
final class SharedModelTest {
    private static final int THREADS = 64;
    private static final int INFERENCES = 1000;
    private static final long SEED = 3;

    @TempDir
    private Path folder;

    private Model model(String... assignments) {
        String[] all = new String[assignments.length + 1];
        System.arraycopy(assignments, 0, all, 0, assignments.length);
        all[assignments.length] = "training.sequences=18";
        SmallRun.train(folder.resolve("run"), SmallRun.config(all));
        return Model.load(folder.resolve("run"));
    }

    /** The hash of all that a model consists of: parameters with their padding, transposed copies, and what its file held. */
    private static String everything(Model model) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes(model.machine().parameters().values()));
            digest.update(bytes(model.machine().parameters().transposed()));
            for (StoredTensor tensor : model.tensors().values()) {
                digest.update(tensor.toString().getBytes(StandardCharsets.UTF_8));
                digest.update(bytes(tensor.data()));
            }
            digest.update((model.metadata().toString() + model.machineConfig() + RunConfig.of(model)).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** {@code [sequence][steps * inputs]}. */
    private static float[][] sequences(Machine machine, int steps) {
        Random64 random = Random64.of(SEED, "sequences", 0);
        float[][] sequences = new float[INFERENCES][steps * machine.inputs()];
        for (float[] sequence : sequences) {
            for (int i = 0; i < sequence.length; i++) {
                sequence[i] = random.nextFloat(-1, 1);
            }
        }
        return sequences;
    }

    /** What a session puts out at all steps of all sequences. */
    private static float[] answers(Session session, float[][] sequences, int steps) {
        int inputs = session.machine().inputs();
        int outputs = session.machine().outputs();
        float[] answers = new float[sequences.length * steps * outputs];
        int at = 0;
        for (float[] sequence : sequences) {
            session.reset();
            for (int t = 0; t < steps; t++) {
                session.step(sequence, t * inputs, inputs);
                session.probabilities(0, answers, at);
                at += outputs;
            }
        }
        return answers;
    }

    private static void inAllThreads(Supplier<float[]> work, float[] expected) throws Exception {
        List<Future<float[]>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                results.add(threads.submit(work::get));
            }
            for (Future<float[]> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(KernelProvider.class)
    void inferencesInManyThreadsGiveTheSerialResultAndChangeNothing(KernelProvider provider) throws Exception {
        Model model = model();
        String before = everything(model);
        int steps = 3;
        float[][] sequences = sequences(model.machine(), steps);
        float[] serial = answers(new Session(model.machine(), 1, KernelProvider.PORTABLE), sequences, steps);
        inAllThreads(() -> answers(new Session(model.machine(), 1, provider), sequences, steps), serial);
        assertThat(everything(model)).isEqualTo(before);
    }

    @Tag("slow")
    @Test
    void soDoTheyWithAMachineOfFullSize() throws Exception {
        Model model = model("machine.rows=128", "machine.width=20", "machine.controller_size=100", "task.width=8");
        String before = everything(model);
        int steps = 20;
        float[][] sequences = sequences(model.machine(), steps);
        float[] serial = answers(model.session(), sequences, steps);
        inAllThreads(() -> answers(model.session(), sequences, steps), serial);
        assertThat(everything(model)).isEqualTo(before);
    }

    @Test
    void whateverIsDoneWithAModelItStaysAsItIs() {
        Model model = model();
        String before = everything(model);
        int inputs = model.machine().inputs();
        float[] vector = new float[inputs];
        vector[0] = 1;
        Session session = model.session();
        for (int t = 0; t < 50; t++) {
            session.step(vector, 0, inputs);
        }
        session.step(vector, 0, inputs, List.of(new Session.Change("memory", memory -> memory[0][0] = -1e6f)));
        session.restore(session.fork().save());
        SessionBatch batch = model.batch(3);
        batch.input(batch.join(session.save()), vector, 0);
        batch.step();
        Task task = RunConfig.of(model).task().create();
        try (Evaluator evaluator = new Evaluator(model.machine(), task, 2, KernelProvider.best())) {
            evaluator.evaluate(task.largest(), 40, 1, "test", 0);
        }
        float[] none = new float[4 * model.machine().outputs()];
        new Tracer(model.machine(), task.objective(), KernelProvider.best()).trace(new float[4 * inputs], 4, none, none);
        Machine copy = model.copy();
        try (Trainer trainer = new Trainer(copy, task, RunConfig.of(model).training(), 1, 1, KernelProvider.best())) {
            trainer.run();
        }
        assertThat(copy.parameters().sha256()).as("the copy has learned").isNotEqualTo(model.weightsSha256());
        assertThat(everything(model)).isEqualTo(before);
    }

    @Test
    void trainingRefusesAModelAndTakesACopy() {
        Model model = model();
        assertThatIllegalStateException()
                .isThrownBy(() -> new Trainer(
                        model.machine(), RunConfig.of(model).task().create(), RunConfig.of(model).training(), 1, 1, KernelProvider.best()))
                .withMessageContaining("sealed");
        assertThatIllegalStateException().isThrownBy(() -> model.machine().parameters().addGrid("more", 1, 1, true)).withMessageContaining("sealed");
        assertThat(model.copy().parameters().sha256()).isEqualTo(model.weightsSha256());
        assertThat(model.copy().parameters().isSealed()).isFalse();
    }

    @Test
    void aModelWithOtherRowsIsAModelOfTheSameWeights() {
        Model model = model();
        Model larger = Model.load(folder.resolve("run"), 300);
        assertThat(larger.weightsSha256()).isEqualTo(model.weightsSha256());
        assertThat(larger.session().machine()).isSameAs(larger.machine());
    }
}
