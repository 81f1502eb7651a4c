package io.github.ntm4j.cli;

import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.engine.kernel.KernelProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command computes with. It decides how long it takes, never the result. */
final class ComputeOptions {
    private static final int MOST_THREADS = 1024;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use (default: one per processor). The result is the same.")
    private @Nullable Integer threads;

    /** The number of threads. */
    int threads() {
        if (threads == null) {
            return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw new UserException("--threads: expected a whole number from 1 to " + MOST_THREADS + ", got " + threads);
        }
        return threads;
    }

    /** The fastest kernels that there are; says so when they are not fast. */
    static KernelProvider kernels(Terminal terminal) {
        try {
            KernelProvider best = KernelProvider.best();
            if (!KernelProvider.vectorsPresent()) {
                terminal.err().println("ntm: without the Vector API, several times slower: start java with --add-modules jdk.incubator.vector");
            }
            return best;
        } catch (IllegalStateException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
    }
}
