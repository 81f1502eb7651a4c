package io.github.ntm4j.cli.option;

import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.config.UserException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command computes with. It decides how long it takes, never the result. */
public final class ComputeOptions {
    private static final int MOST = 1024;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use (default: one per processor). The result is the same.")
    private @Nullable Integer threads;

    /** The number of threads. */
    public int threads() {
        return perProcessor("--threads", threads);
    }

    /** What was given of an option that is one per processor unless it is. */
    static int perProcessor(String option, @Nullable Integer given) {
        if (given == null) {
            return Math.min(MOST, Runtime.getRuntime().availableProcessors());
        }
        if (given < 1 || given > MOST) {
            throw new UserException(option + ": expected a whole number from 1 to " + MOST + ", got " + given);
        }
        return given;
    }

    /** The fastest kernels that there are; says so when they are not fast. */
    public static KernelProvider kernels(Terminal terminal) {
        try {
            if (System.getProperty(KernelProvider.PROPERTY) == null && !KernelProvider.vectorsPresent()) {
                terminal.err().println("ntm: without the Vector API, several times slower: start java with --add-modules jdk.incubator.vector");
                return KernelProvider.PORTABLE;
            }
            return KernelProvider.best();
        } catch (IllegalStateException e) {
            throw new UserException(String.valueOf(e.getMessage()), e);
        }
    }
}
