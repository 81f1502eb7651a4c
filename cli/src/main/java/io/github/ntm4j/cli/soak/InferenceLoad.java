package io.github.ntm4j.cli.soak;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.model.Model;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;

/** Loads a machine, makes sessions of it, lets them answer and drops them. Every answer must be the first one, bit by bit. */
final class InferenceLoad implements Load {
    private static final int STEPS = 32;

    /** How a machine is asked. */
    private record Question(OptionalInt rows, int batch) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question(OptionalInt.empty(), 1),
            new Question(OptionalInt.empty(), 5),
            new Question(OptionalInt.of(64), 1),
            new Question(OptionalInt.of(300), 2));

    private final Path file;
    private final KernelProvider kernels;
    private final Map<Question, float[]> first = new HashMap<>();
    private final AtomicLong loads = new AtomicLong();
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();

    /**
     * A load that has done nothing.
     *
     * @param file the machine
     * @param kernels with what to compute
     */
    InferenceLoad(Path file, KernelProvider kernels) {
        this.file = file;
        this.kernels = kernels;
    }

    @Override
    public String name() {
        return "inference";
    }

    @Override
    public void operate() {
        for (Question question : QUESTIONS) {
            Machine machine = Model.load(file, question.rows()).machine();
            loads.incrementAndGet();
            for (int i = 0; i < 2; i++) {
                Session session = new Session(machine, question.batch(), kernels);
                sessions.incrementAndGet();
                compare(question, answer(session));
                session.reset();
                compare(question, answer(session));
            }
        }
    }

    private float[] answer(Session session) {
        Machine machine = session.machine();
        Random64 random = Random64.of(1, "soak", 1);
        float[] inputs = new float[session.batch() * machine.inputs()];
        float[] answers = new float[STEPS * session.batch() * machine.outputs()];
        int at = 0;
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = random.nextBoolean() ? 1 : 0;
            }
            session.step(inputs, 0, machine.inputs());
            for (int b = 0; b < session.batch(); b++) {
                session.probabilities(b, answers, at);
                at += machine.outputs();
            }
        }
        steps.addAndGet(STEPS);
        return answers;
    }

    private void compare(Question question, float[] answer) {
        float[] expected = first.computeIfAbsent(question, asked -> answer);
        int place = Arrays.mismatch(expected, answer);
        if (place >= 0) {
            throw new IllegalStateException(file + ", batch " + question.batch() + ": expected the answer of the beginning, "
                    + expected[place] + ", got " + answer[place]);
        }
    }

    @Override
    public SequencedMap<String, Long> done() {
        SequencedMap<String, Long> done = new LinkedHashMap<>();
        done.put("models_loaded", loads.get());
        done.put("sessions", sessions.get());
        done.put("session_steps", steps.get());
        return done;
    }

    @Override
    public void close() {
        // A session has nothing to close.
    }
}
