package io.github.ntm4j.learning.training;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.kernel.Kernels;
import io.github.ntm4j.engine.kernel.Rows;
import java.util.ArrayList;
import java.util.List;

/**
 * Loops over all parameters on all threads, in pieces of a fixed size. A piece is what stays in a first-level cache, so that a loop may do
 * several things to it; as the size does not depend on the threads, neither does the result.
 */
final class Chunks {
    private static final int SIZE = 2048;

    private final int floats;
    private final Workers workers;
    private final List<Kernels> kernels = new ArrayList<>();

    /** What happens to a piece. */
    interface Loop {
        /** From {@code from} (inclusive) to {@code to} (exclusive), whole blocks, with the kernels of the thread. */
        void run(int chunk, int from, int to, Kernels kernels);
    }

    /** Pieces of buffers that are laid out as the parameters. */
    Chunks(int floats, Workers workers, KernelProvider provider) {
        this.floats = floats;
        this.workers = workers;
        for (int i = 0; i < workers.count(); i++) {
            kernels.add(provider.create());
        }
    }

    int count() {
        return (floats - Rows.FIRST + SIZE - 1) / SIZE;
    }

    void run(Loop loop) {
        int count = count();
        int lanes = Math.min(kernels.size(), count);
        workers.run(lanes, lane -> {
            for (int chunk = lane; chunk < count; chunk += lanes) {
                int from = Rows.FIRST + chunk * SIZE;
                loop.run(chunk, from, Math.min(from + SIZE, floats), kernels.get(lane));
            }
        });
    }
}
