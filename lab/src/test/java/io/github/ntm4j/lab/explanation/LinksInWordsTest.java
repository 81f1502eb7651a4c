package io.github.ntm4j.lab.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.lab.explanation.Programme.Action;
import io.github.ntm4j.lab.explanation.Programme.Effect;
import io.github.ntm4j.lab.explanation.Programme.Movement;
import io.github.ntm4j.lab.explanation.Programme.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Heads that go to free rows and read on by links: which row lies beside which means nothing to them. */
class LinksInWordsTest {
    private static List<Action> actions(Explanation explanation, String head) {
        return explanation.programme().actions().stream().filter(action -> action.head().equals(head)).toList();
    }

    @Test
    void a_copy_by_links_is_told_by_free_rows_and_links() {
        Explanation copy = Explanation.of(new WalkingHeads(8, 4)
                .writeFree(3, 9, 1, 20, -1, -1, -1, -1)
                .follow(true, -1, -1, -1, -1, 3, 9, 1, 20)
                .trace());
        assertThat(copy.programme().verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(copy.programme().confidence()).isEqualTo(1);
        assertThat(actions(copy, "write 1").getFirst())
                .isEqualTo(new Action("write 1", 0, 3, Movement.ALLOCATE, 0, 1, 3, 20, Effect.WRITES, 1, "writes to free rows, from row 3 to row 20"));
        assertThat(actions(copy, "read 1").getLast())
                .isEqualTo(new Action("read 1", 4, 7, Movement.FOLLOW, 1, 1, 3, 20, Effect.READS, 1, "jumps by content to row 3 and reads on to row 20,"
                        + " following the links onwards, beginning with the first row written, in the order of writing"));
        assertThat(copy.programme().phases().getLast().sentences()).extracting(Programme.Sentence::words).contains(
                "jumps by content to row 3 and reads, following the links onwards, beginning with the first row written, in the order of writing");
    }

    @Test
    void links_that_are_followed_back_are_told_as_such() {
        Explanation reversed = Explanation.of(new WalkingHeads(8, 4)
                .writeFree(3, 9, 1, 20, -1, -1, -1, -1)
                .follow(false, -1, -1, -1, -1, 20, 1, 9, 3)
                .trace());
        assertThat(actions(reversed, "read 1").getLast().words()).isEqualTo("jumps by content to row 20 and reads on to row 3,"
                + " following the links back, beginning with what was written 1 step before, in the reverse order of writing");
        assertThat(actions(reversed, "read 1").getLast().stride()).isEqualTo(-1);
    }

    @Test
    void what_is_done_again_and_again_is_told_though_each_time_is_short() {
        int n = -1;
        Explanation often = Explanation.of(new WalkingHeads(27, 2)
                .writeFree(3, 9, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n)
                .follow(true, n, n, n, n, n, 3, 9, n, n, n, 3, 9, n, n, n, 3, 9, n, n, n, 3, 9, n, n, n, 3, 9)
                .trace());
        assertThat(often.programme().phases().getLast().sentences()).extracting(Programme.Sentence::words)
                .contains("5 times: jumps by content and reads, following links onwards");
    }
}
