package io.github.ntm4j.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.TrainedRun;
import io.github.ntm4j.cli.Cli;
import io.github.ntm4j.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ntm verify} finds what does not fit together in a run whose files are each sound. */
class RunVerificationTest {
    @TempDir
    private Path folder;

    private Path run;
    private Path last;
    private Path metrics;

    @BeforeEach
    void copyRun() {
        run = TrainedRun.copyTo(folder.resolve("run"));
        last = run.resolve("checkpoints/last.safetensors");
        metrics = run.resolve("metrics.jsonl");
    }

    private Outcome verify() {
        return Cli.run("verify", run.toString());
    }

    private void assertWrong(String... messages) {
        Outcome outcome = verify();
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(Exit.WRONG_USE);
        assertThat(outcome.err().lines().toList()).hasSize(messages.length);
        assertThat(outcome.err()).contains(messages);
    }

    @Test
    void a_run_that_was_killed_is_sound_and_it_is_said_what_a_resume_does() throws IOException {
        Files.write(run.resolve("training.lock"), new byte[7]);
        Files.write(run.resolve("checkpoints/.last.safetensors.17-4.ntm-tmp"), new byte[9]);
        Files.move(run.resolve("checkpoints/earlier-1.safetensors"), last, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(metrics, Files.readString(metrics) + "{\"kind\":\"trai");
        Outcome outcome = verify();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains(
                "training.lock: left over by a process that was killed; nobody trains the run",
                ".ntm-tmp: left over by a process that was killed; a resume deletes it",
                run + ": a resume goes on from last.safetensors, after 32 sequences, and trains again what came after, up to 64");
        assertThat(Cli.run("train", "--resume", run.toString(), "--json").code()).isZero();
        assertThat(verify().out()).doesNotContain("left over");
    }

    @Test
    void a_damaged_last_checkpoint_is_found_and_what_a_resume_takes_instead() throws IOException {
        Files.delete(last);
        Files.write(last, new byte[9]);
        assertWrong(last + " is not a safetensors file");
        assertThat(verify().out()).contains("a resume goes on from earlier-1.safetensors, after 32 sequences, and trains again");
    }

    @Test
    void a_lost_last_checkpoint_is_found() throws IOException {
        Files.delete(last);
        assertWrong(last + ": expected the last checkpoint, found none");
    }

    @Test
    void checkpoints_in_another_order_than_that_of_the_training_are_found() throws IOException {
        Path first = run.resolve("checkpoints/earlier-1.safetensors");
        Path second = run.resolve("checkpoints/earlier-2.safetensors");
        Path other = run.resolve("checkpoints/other");
        Files.move(first, other);
        Files.move(second, first);
        Files.move(other, second);
        assertWrong(second + ": expected a checkpoint from before earlier-1.safetensors, which has seen 0 sequences, found one after 32");
    }

    @Test
    void metrics_that_lack_an_evaluation_or_are_in_another_order_are_found() throws IOException {
        List<String> lines = Files.readAllLines(metrics);
        Files.write(metrics, lines.stream().filter(line -> !(line.contains("\"evaluation\"") && line.contains(":32,"))).toList());
        assertWrong(metrics + ": expected the 2 evaluations that last.safetensors counts, found 1");
        Files.write(metrics, lines.reversed());
        assertWrong(metrics + ": expected lines in the order of the training, found one after ");
    }

    @Test
    void a_best_checkpoint_that_is_not_the_best_is_found() throws IOException {
        Path best = run.resolve("checkpoints/best.safetensors");
        Files.copy(run.resolve("checkpoints/earlier-2.safetensors"), best, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertWrong(best + ": expected the machine with ");
        Files.delete(best);
        assertWrong(best + ": expected the best of 2 evaluations, found none");
    }

    @Test
    void a_best_checkpoint_that_the_metrics_do_not_know_is_found() throws IOException {
        Files.writeString(metrics, Files.readString(metrics).replaceAll("(\"evaluation\".*\"bits_per_sequence\":)[0-9.]+", "$19.5"));
        assertWrong("best.safetensors: claims ");
    }

    @Test
    void a_film_with_other_files_or_a_machine_that_the_training_has_not_come_to_is_found() throws IOException {
        Path film = run.resolve("film");
        Files.copy(film.resolve("0.safetensors"), film.resolve("007.safetensors"));
        assertWrong(film.resolve("007.safetensors") + ": expected a machine of the film, such as 100.safetensors, found another file");
    }
}
