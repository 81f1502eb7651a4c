package io.github.ntm4j.lab.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What Jazzer calls, over and over, with bytes that it changes so that they reach new code; see "Fuzzing" in CONTRIBUTING.md. The
 * {@code --target_args} name the {@link FuzzTarget}.
 */
public final class Fuzzing {
    private static FuzzTarget target = FuzzTarget.SAFETENSORS;

    private Fuzzing() {}

    /** Called once, before the first input; the classes that it loads are instrumented here, where no time limit runs. */
    public static void fuzzerInitialize(String[] arguments) throws IOException {
        target = FuzzTarget.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        for (Path file : target.corpus()) {
            target.feed(Files.readAllBytes(file));
        }
    }

    /** Called for every input; whatever is thrown is a find. */
    public static void fuzzerTestOneInput(byte[] input) {
        target.feed(input);
    }
}
