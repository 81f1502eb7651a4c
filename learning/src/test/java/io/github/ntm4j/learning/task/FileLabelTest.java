package io.github.ntm4j.learning.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileLabelTest {
    private static String label(String file) {
        return FileLabel.of(Path.of(file), "data");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            my-data.jsonl          | my-data
            folder/my.data.v2.json | my.data.v2
            plain                  | plain
            данные.jsonl           | данные
            数据.jsonl              | 数据
            データ.jsonl            | データ
            بيانات.jsonl           | بيانات
            हिन्दी.jsonl            | हिन्दी
            dä ta.jsonl            | dä-ta
            😀🎉.jsonl              | 😀🎉
            👩‍🚀👍🏽.jsonl            | 👩‍🚀👍🏽
            a`b$(x)"c'd;e&f.jsonl  | a-b-x-c-d-e-f
            -dash.jsonl            | dash
            --help.jsonl           | help
            .hidden.jsonl          | hidden
            ...jsonl               | data
            !!!.jsonl              | data
            """)
    void aFileGivesItsRunsItsName(String file, String label) {
        assertThat(label(file)).isEqualTo(label);
    }

    @Test
    void blanksAndLineBreaksAreNoNames() {
        assertThat(label("   .jsonl")).isEqualTo("data");
        assertThat(label("new\nline.jsonl")).isEqualTo("new-line");
        assertThat(label("a\u202eb\u0000".replace("\u0000", "") + ".jsonl")).as("no direction of writing").isEqualTo("a-b");
        assertThat(label("e\u0301.jsonl")).as("a letter and its accent").isEqualTo("e\u0301");
        assertThat(label("\u0301.jsonl")).as("an accent without a letter").isEqualTo("data");
    }

    @Test
    void longNamesAreCutBetweenLettersAndStayDistinct() {
        Set<String> labels = new HashSet<>();
        for (String letter : List.of("a", "ж", "数", "😀")) {
            for (int last = 0; last < 3; last++) {
                String label = label(letter.repeat(240 / letter.getBytes(StandardCharsets.UTF_8).length) + last + ".jsonl");
                assertThat(label.getBytes(StandardCharsets.UTF_8).length).isBetween(100, 120);
                assertThat(label).startsWith(letter.repeat(20)).matches("(?s).*-[0-9a-f]{8}").doesNotContain("?", "\ufffd");
                labels.add(label);
            }
        }
        assertThat(labels).hasSize(12);
    }
}
