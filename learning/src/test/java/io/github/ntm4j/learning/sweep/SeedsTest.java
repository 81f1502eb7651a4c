package io.github.ntm4j.learning.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ntm4j.machines.config.UserException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeedsTest {
    private static List<Long> numbers(String text) {
        return Arrays.stream(text.split(" ")).map(Long::valueOf).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | 7 | 7",
                "1..3 | 1 2 3 | 1..3",
                "1,2 | 1 2 | 1,2",
                " 3 , 1..2 | 3 1 2 | 3,1,2",
                "0,5..8,7000000000 | 0 5 6 7 8 7000000000 | 0,5..8,7000000000",
                "4..4 | 4 | 4",
                "9000000000000000 | 9000000000000000 | 9000000000000000",
            })
    void seeds_are_read_in_their_order_and_written_so_that_they_are_read_again(String text, String seeds, String written) {
        assertThat(Seeds.parse(text, "--seeds")).isEqualTo(numbers(seeds));
        assertThat(Seeds.text(numbers(seeds))).isEqualTo(written);
        assertThat(Seeds.parse(written, "--seeds")).isEqualTo(numbers(seeds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | expected whole numbers from 0 to 9e15, such as 1..10 or 1,2,5, got nothing",
                "abc | expected whole numbers from 0 to 9e15, such as 1..10 or 1,2,5, got 'abc'",
                "1,,2 | expected whole numbers from 0 to 9e15, such as 1..10 or 1,2,5, got ''",
                "-1 | expected whole numbers from 0 to 9e15, such as 1..10 or 1,2,5, got '-1'",
                "1.5 | expected whole numbers from 0 to 9e15, such as 1..10 or 1,2,5, got '1.5'",
                "1.. | expected whole numbers from 0 to 9e15, such as 1..10 or 1,2,5, got '1..'",
                "3..1 | expected a range from the smaller to the larger number, got '3..1'",
                "1..3,2 | expected each seed once, got 2 twice",
                "0..10000 | expected at most 10000 seeds, got '0..10000'",
                "1,2..9000000000000000 | expected at most 10000 seeds, got '1,2..9000000000000000'",
                "9000000000000001 | expected whole numbers from 0 to 9e15, got 9000000000000001",
            })
    void anything_else_is_refused(String text, String message) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> Seeds.parse(text, "--seeds"))
                .withMessage("--seeds: " + message);
    }
}
