package io.github.ntm4j.bench.machine;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.learning.task.CopyConfig;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.machines.episode.Sequence;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.machine.SessionBatch;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A machine at work on copy with length 10, in microseconds for one of its 21 time steps, of the whole batch. */
@State(Scope.Thread)
public class InferenceStepBenchmark extends MeasuredMachine {
    /** Which machine. */
    @Param({"ntm-lstm", "ntm-ff", "lstm"})
    public String machine;

    /** Sequences at a time. */
    @Param({"1", "8"})
    public int batch;

    /** Whose kernels. */
    @Param("SIMD")
    public KernelProvider provider;

    private Session session;
    private SessionBatch streams;
    private float[] inputs;
    private int width;

    /** Opens the session. */
    @Setup
    public void open() {
        Task task = CopyConfig.DEFAULT.create();
        width = task.inputs();
        Machine built = Preset.DEFAULT.machine(machine).build(width, task.outputs());
        built.initialise(1);
        session = new Session(built, batch, provider);
        streams = new SessionBatch(built, batch, provider);
        List<Sequence> sequences = RecordedSequence.sequences(task, batch);
        inputs = new float[RecordedSequence.STEPS * batch * width];
        for (int t = 0; t < RecordedSequence.STEPS; t++) {
            for (int b = 0; b < batch; b++) {
                System.arraycopy(sequences.get(b).input(), t * width, inputs, (t * batch + b) * width, width);
            }
        }
    }

    /** A sequence from its beginning to its end. */
    @Benchmark
    @OperationsPerInvocation(RecordedSequence.STEPS)
    public float step() {
        session.reset();
        for (int t = 0; t < RecordedSequence.STEPS; t++) {
            session.step(inputs, t * batch * width, width);
        }
        return session.logit(0, 0);
    }

    /** The same in a batch, of which each sequence is a stream that joins and leaves. */
    @Benchmark
    @OperationsPerInvocation(RecordedSequence.STEPS)
    public float streams() {
        for (int b = 0; b < batch; b++) {
            streams.join();
        }
        for (int t = 0; t < RecordedSequence.STEPS; t++) {
            for (int b = 0; b < batch; b++) {
                streams.input(b, inputs, (t * batch + b) * width);
            }
            streams.step();
        }
        float logit = streams.logit(0, 0);
        for (int b = 0; b < batch; b++) {
            streams.leave(b);
        }
        return logit;
    }
}
