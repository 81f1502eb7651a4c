package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.report.Figures;
import io.github.ntm4j.cli.report.Measurement;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.learning.run.Checkpoints;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.learning.training.Evaluation;
import io.github.ntm4j.learning.yaml.Yaml;
import io.github.ntm4j.machines.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the machines in {@code models/} against their cards, and the cards against what the machines do. */
class ShippedModelsTest {
    private static final Path FOLDER = ProjectFiles.find("models");
    private static final int SEQUENCES = 1000;

    static List<Path> models() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
        }
    }

    private static Model load(Path file) {
        return Model.load(file, OptionalInt.empty());
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.safetensors$", "");
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_model_is_whole_and_holds_what_running_it_takes(Path file) {
        assertThat(Cli.run("verify", file.toString()).err()).isEmpty();
        Model model = load(file);
        Checkpoints.verify(model);
        assertThat(model.metadata().keySet()).containsExactly("format", "config", "trained_sequences", "provenance", "weights_sha256");
        assertThat(model.tensors().keySet())
                .containsExactlyElementsOf(model.machine().parameters().entries().stream().map(Entry::name).toList());
        RunConfig run = Objects.requireNonNull(RunConfig.of(model));
        assertThat(name(file)).isEqualTo(run.task().taskName() + "-" + run.machine().name());
    }

    @ParameterizedTest
    @MethodSource("models")
    void its_card_tells_which_file_it_is_of(Path file) throws IOException {
        ModelPage card = ModelPage.beside(file);
        Model model = load(file);
        assertThat(card.text()).startsWith("# " + name(file) + "\n");
        assertThat(card.line("weights_sha256")).containsExactly("`" + model.weightsSha256() + "`");
        assertThat(card.line("file")).containsExactly(Figures.count(Files.size(file)) + " bytes");
        assertThat(card.line("training").getFirst())
                .startsWith(Figures.count(Checkpoints.trainedSequences(model).orElseThrow()) + " sequences");
        assertThat(card.command("show")).containsExactly("show", "models/" + name(file) + ".safetensors");
    }

    @ParameterizedTest
    @MethodSource("models")
    void the_training_command_on_its_card_has_its_settings(Path file) throws IOException {
        ModelPage card = ModelPage.beside(file);
        List<String> train = card.command("train");
        train.add("--print-config");
        RunConfig run = Objects.requireNonNull(RunConfig.of(load(file)));
        assertThat(Cli.run(train.toArray(String[]::new)).out()).isEqualTo(Yaml.text(run.toMap()));
        assertThat(card.command("export").get(1)).isEqualTo("runs/" + name(file) + "-seed" + run.seed());
    }

    /** Of the shortest sequences, as the same sequences give the same digits anywhere. */
    @ParameterizedTest
    @MethodSource("models")
    void the_figures_on_its_card_are_what_it_does(Path file) throws IOException {
        ModelPage card = ModelPage.beside(file);
        Model model = load(file);
        Task task = Objects.requireNonNull(RunConfig.of(model)).task().create();
        assertThat(card.part("Figures")).contains("./ntm eval models/" + name(file) + ".safetensors --sequences " + SEQUENCES + "\n");
        Size shortest = task.cases().stream().min(Comparator.comparingInt(task::steps)).orElseThrow();
        List<Evaluation> results = Measurement.of(
                model.machine(), task, List.of(shortest), SEQUENCES, Measurement.SEED, 2, KernelProvider.best());
        List<String> cells = Measurement.table(results).getLast();
        assertThat(card.line(cells.getFirst())).isEqualTo(cells.subList(1, cells.size()));
        for (Size size : task.cases()) {
            assertThat(card.line(size.toString()).getLast()).endsWith(" of " + SEQUENCES);
            assertThat(card.part("Limits")).containsPattern("\\b" + Pattern.quote(size.toString()) + "(:|, |\\s+and\\s)");
        }
    }

    @Test
    void the_page_of_the_folder_lists_every_model_and_no_other() throws IOException {
        String page = Files.readString(FOLDER.resolve("README.md"));
        List<String> listed = Pattern.compile("(?m)^\\| \\[([a-z0-9-]+)]\\(\\1\\.md\\) \\|").matcher(page).results()
                .map(line -> line.group(1))
                .sorted()
                .toList();
        assertThat(listed).isNotEmpty().isEqualTo(models().stream().map(ShippedModelsTest::name).sorted().toList());
        for (String name : listed) {
            assertThat(TaskKinds.drawn().keySet()).anyMatch(task -> name.startsWith(task + "-"));
        }
    }
}
