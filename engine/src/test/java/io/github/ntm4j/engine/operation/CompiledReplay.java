package io.github.ntm4j.engine.operation;

import com.sun.management.ThreadMXBean;
import io.github.ntm4j.engine.kernel.KernelProvider;
import java.lang.management.ManagementFactory;

/** A program that prints how many bytes a thousand replays of a chain allocate on SIMD kernels, the least of several thousands. */
final class CompiledReplay {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int THOUSANDS = 60;

    private CompiledReplay() {}

    public static void main(String[] arguments) {
        Subject links = PointwiseSamples.subjects().stream()
                .filter(subject -> subject.name().endsWith("of a DNC"))
                .findFirst()
                .orElseThrow();
        Run run = new Run(links.typical(), KernelProvider.SIMD);
        run.backward(Run.upstream(run, run.sample.random()));
        long least = Long.MAX_VALUE;
        for (int thousand = 0; thousand < THOUSANDS && least > 0; thousand++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                run.tape.forward(run.start, run.end);
                run.tape.backward(run.end, run.parameterGradients);
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        System.out.println(least);
    }
}
