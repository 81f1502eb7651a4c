package io.github.ntm4j.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.machines.model.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceLoadTest {
    @TempDir
    private Path folder;

    @Test
    void another_answer_than_that_of_the_beginning_is_an_error() throws Exception {
        Path first = trained(1);
        Path second = trained(2);
        try (InferenceLoad load = new InferenceLoad(first, KernelProvider.best())) {
            load.operate();
            load.operate();
            assertThat(load.done()).containsEntry("models_loaded", 8L).containsEntry("sessions", 16L);
            Files.copy(second, first, StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(load::operate).hasMessageContaining("expected the answer of the beginning");
        }
    }

    private Path trained(long seed) {
        Path run = folder.resolve("run" + seed);
        TrainingLoad.train(run, TrainingLoad.config(seed), KernelProvider.best());
        return new RunFolder(run).last();
    }
}
