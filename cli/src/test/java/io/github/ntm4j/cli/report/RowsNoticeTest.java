package io.github.ntm4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.ProjectFiles;
import io.github.ntm4j.cli.Cli;
import io.github.ntm4j.cli.Cli.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RowsNoticeTest {
    private static final String COPY = ProjectFiles.find("models/copy-ntm-lstm.safetensors").toString();

    @TempDir
    private Path folder;

    private static Outcome eval(String model, String... options) {
        String[] arguments = new String[options.length + 4];
        System.arraycopy(new String[] {"eval", model, "--sequences", "1"}, 0, arguments, 0, 4);
        System.arraycopy(options, 0, arguments, 4, options.length);
        Outcome outcome = Cli.run(arguments);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    @Test
    void fewerRowsThanVectorsAreSaidInOneLine() {
        String line = "length=20 has 20 vectors to keep, and the memory 4 rows: "
                + "a machine that keeps one in each row will be wrong; give it more with --rows 32";
        assertThat(eval(COPY, "--at", "length=20", "--rows", "4").err()).isEqualTo("ntm: " + line + "\n");
        Outcome json = eval(COPY, "--at", "length=20", "--rows", "4", "--json");
        JsonNode notices = JsonMapper.shared().readTree(json.out()).get("notices");
        assertThat(notices).singleElement().extracting(JsonNode::asString).isEqualTo(line);
        Outcome show = Cli.run("show", COPY, "--at", "length=20", "--rows", "4", "--out", folder.toString());
        assertThat(show.err()).isEqualTo("ntm: " + line + "\n");
    }

    @Test
    void severalSizesAreOneLine() {
        assertThat(eval(COPY, "--at", "length=300", "--at", "length=20", "--at", "length=200").err()).isEqualTo(
                "ntm: length=300, length=200 have up to 300 vectors to keep, and the memory 128 rows: "
                        + "a machine that keeps one in each row will be wrong; give it more with --rows 512\n");
    }

    @ParameterizedTest
    @CsvSource({
        "models/associative-recall-ntm-lstm.safetensors, items=10, 20, 30",
        "models/priority-sort-ntm-lstm.safetensors, items=20, 19, 20"
    })
    void eachTaskCountsItsOwn(String model, String size, String rows, int vectors) {
        assertThat(eval(ProjectFiles.find(model).toString(), "--at", size, "--rows", rows).err())
                .startsWith("ntm: " + size + " has " + vectors + " vectors to keep, and the memory " + rows + " rows: ");
    }

    @Test
    void whereRowsAreEnoughNothingIsSaid() {
        assertThat(eval(COPY, "--at", "length=20").err()).isEmpty();
        assertThat(eval(COPY, "--at", "length=120", "--rows", "256").err()).isEmpty();
        assertThat(eval(COPY, "--at", "length=128").err()).isEmpty();
    }
}
