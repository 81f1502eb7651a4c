package io.github.ntm4j.lab.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.lab.explanation.Finding.Status;
import io.github.ntm4j.lab.explanation.Programme.Action;
import io.github.ntm4j.lab.explanation.Programme.Effect;
import io.github.ntm4j.lab.explanation.Programme.Movement;
import io.github.ntm4j.lab.explanation.Programme.Verdict;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.lab.trace.TraceMaker;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final int[] WRITES_FIVE = {3, 4, 5, 6, 7, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

    private static List<Action> actions(Explanation explanation, String head) {
        return explanation.programme().actions().stream().filter(action -> action.head().equals(head)).toList();
    }

    private static Finding finding(Explanation explanation, String name) {
        return explanation.health().stream().filter(found -> found.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void a_copy_is_told_as_writing_row_by_row_and_reading_in_the_same_order() {
        Explanation copy = Explanation.of(new WalkingHeads(10, 5)
                .write(3, 4, 5, 6, 7, -1, -1, -1, -1, -1)
                .read(2, 2, 2, 2, 2, 3, 4, 5, 6, 7)
                .trace());
        assertThat(copy.programme().verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(copy.programme().confidence()).isEqualTo(1);
        assertThat(actions(copy, "write 1").getFirst())
                .isEqualTo(new Action("write 1", 0, 4, Movement.MOVE, 1, 1, 3, 7, Effect.WRITES, 1, "writes rows 3 to 7, moving +1 each step"));
        assertThat(actions(copy, "write 1").getLast().effect()).isEqualTo(Effect.LEAVES);
        assertThat(actions(copy, "read 1")).extracting(Action::words).containsExactly(
                "reads nothing at row 2, and stays there",
                "reads rows 3 to 7, moving +1 each step, beginning with the first row written, in the order of writing");
        assertThat(copy.programme().phases()).extracting(Programme.Phase::name).containsExactly("while listening", "while answering");
    }

    @Test
    void reading_backwards_is_told_as_such() {
        Explanation reversed = Explanation.of(new WalkingHeads(10, 5)
                .write(3, 4, 5, 6, 7, -1, -1, -1, -1, -1)
                .read(8, 8, 8, 8, 8, 7, 6, 5, 4, 3)
                .trace());
        assertThat(actions(reversed, "read 1").getLast().words())
                .isEqualTo("reads rows 7 to 3, moving -1 each step, beginning with what was written 1 step before, in the reverse order of writing");
    }

    @Test
    void a_repeat_is_folded_into_a_loop() {
        Explanation repeat = Explanation.of(new WalkingHeads(20, 5)
                .write(3, 4, 5, 6, 7, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1)
                .read(-1, -1, -1, -1, -1, 3, 4, 5, 6, 7, 3, 4, 5, 6, 7, 3, 4, 5, 6, 7)
                .trace());
        Action loop = actions(repeat, "read 1").getLast();
        assertThat(loop.times()).isEqualTo(3);
        assertThat(loop.from()).isEqualTo(5);
        assertThat(loop.words()).isEqualTo("3 times: jumps by content to row 3 and reads rows 3 to 7, moving +1 each step,"
                + " beginning with the first row written, in the order of writing");
        assertThat(repeat.programme().verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void reading_here_and_there_is_a_look_up() {
        Explanation lookUp = Explanation.of(new WalkingHeads(15, 5)
                .write(WRITES_FIVE)
                .read(-1, -1, -1, -1, -1, 3, 7, 5, 3, 6, 3, 7, 4, 6, 3)
                .trace());
        Action last = actions(lookUp, "read 1").getLast();
        assertThat(last.movement()).isEqualTo(Movement.LOOK_UP);
        assertThat(last.words()).isEqualTo("reads one row at a time, found by content");
        assertThat(lookUp.programme().reading()).isEqualTo(1);
    }

    @Test
    void attention_everywhere_is_no_clear_programme() {
        Explanation blurred = Explanation.of(new WalkingHeads(15, 5)
                .write(WRITES_FIVE)
                .read(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1)
                .trace());
        assertThat(blurred.programme().verdict()).isEqualTo(Verdict.UNCLEAR);
        assertThat(blurred.programme().confidence()).isZero();
        assertThat(actions(blurred, "read 1")).singleElement().extracting(Action::movement).isEqualTo(Movement.SPREAD);
        assertThat(actions(blurred, "write 1").getFirst().words()).endsWith(", not read later");
        assertThat(finding(blurred, "focus of reads").status()).isEqualTo(Status.WARNING);
    }

    @Test
    void a_write_head_that_runs_out_of_rows_is_warned_of() {
        int[] around = new int[WalkingHeads.ROWS + 8];
        int[] behind = new int[around.length];
        for (int t = 0; t < around.length; t++) {
            around[t] = t % WalkingHeads.ROWS;
            behind[t] = Math.max(0, t - 1) % WalkingHeads.ROWS;
        }
        Explanation turned = Explanation.of(new WalkingHeads(around.length, 0).write(around).read(behind).trace());
        assertThat(finding(turned, "turns of the write heads").status()).isEqualTo(Status.NOTICE);
        assertThat(finding(turned, "turns of the write heads").value()).isEqualTo(40.0 / 32);
        Explanation late = Explanation.of(new WalkingHeads(around.length, 20).write(around).read(behind).trace());
        assertThat(finding(late, "turns of the write heads")).isEqualTo(finding(turned, "turns of the write heads"));
        Explanation early = Explanation.of(new WalkingHeads(around.length, 36).write(around).read(behind).trace());
        assertThat(finding(early, "turns of the write heads").status()).isEqualTo(Status.WARNING);
        assertThat(finding(turned, "unused rows").value()).isZero();
        assertThat(turned.programme().phases()).singleElement().extracting(Programme.Phase::name).isEqualTo("in every step");
        assertThat(actions(turned, "write 1").getFirst().words()).contains("rows 0 to 7", "around the end of the memory");
    }

    @Test
    void an_assessment_names_what_is_lost_and_the_rows_that_have_room_for_it() {
        int listening = WalkingHeads.ROWS + 4;
        int[] around = new int[listening + 4];
        int[] behind = new int[around.length];
        for (int t = 0; t < around.length; t++) {
            around[t] = t < listening ? t % WalkingHeads.ROWS : -1;
            behind[t] = t < listening ? 31 : t - listening;
        }
        Trace trace = answering(new WalkingHeads(around.length, listening).write(around).read(behind).trace(), 1);
        Explanation explanation = Explanation.of(trace);
        assertThat(explanation.overwriting()).isEqualTo(new Overwriting(36, 4, 36));
        Assessment assessment = Assessment.of(trace, explanation, 0);
        assertThat(assessment.words()).isEqualTo("a clear programme, but it overwrites 4 of 36 rows: 100 % wrong");
        assertThat(assessment.advice()).endsWith("wrong. Give it 64 rows");
        assertThat(assessment.sound()).isFalse();
        // With an optimum, nobody can have all right.
        assertThat(Assessment.of(trace, explanation, 1).words()).startsWith("a clear programme; its answer costs ").endsWith(", the best that can be expected is 1.0");
        // The same heads with a right answer: rows were not what it lacked.
        Assessment right = Assessment.of(answering(trace, 0), explanation, 0);
        assertThat(right.words()).isEqualTo("a clear programme, and none of 4 bits is wrong");
        assertThat(right.sound()).isTrue();
    }

    @Test
    void without_a_right_answer_nothing_is_said_to_be_wrong() {
        Trace trace = new WalkingHeads(10, 5).write(3, 4, 5, 6, 7, -1, -1, -1, -1, -1).read(2, 2, 2, 2, 2, 3, 4, 5, 6, 7).trace();
        Assessment assessment = Assessment.of(trace, Explanation.of(trace), 0);
        assertThat(assessment.words()).isEqualTo("a clear programme; there is no right answer to hold its own against");
        assertThat(assessment.rows()).isEmpty();
    }

    /** The same trace with a target that is {@code bit} everywhere; the outputs are 0. */
    private static Trace answering(Trace trace, float bit) {
        float[][] target = new float[trace.steps()][1];
        for (float[] step : target) {
            step[0] = bit;
        }
        return new Trace(
                trace.steps(),
                trace.objective(),
                trace.input(),
                new float[trace.steps()][1],
                target,
                trace.mask(),
                trace.signals(),
                trace.values(),
                trace.initial());
    }

    @Test
    void heads_that_do_the_same_are_found_and_share_a_sentence() {
        Explanation twins = Explanation.of(new WalkingHeads(10, 5)
                .write(3, 4, 5, 6, 7, -1, -1, -1, -1, -1)
                .read(2, 2, 2, 2, 2, 3, 4, 5, 6, 7)
                .read(2, 2, 2, 2, 2, 3, 4, 5, 6, 7)
                .trace());
        assertThat(finding(twins, "heads alike").text()).isEqualTo("read 1, read 2");
        assertThat(twins.programme().phases().getLast().sentences())
                .anySatisfy(sentence -> assertThat(sentence.heads()).containsExactly("read 1", "read 2"));
    }

    @Test
    void outputs_near_a_half_are_undecided() {
        float[][] output = {{0.5f}, {0.9f}, {0.1f}, {0.3f}};
        Trace trace = TraceMaker.withoutSignals(output, output, null, null);
        Explanation explanation = Explanation.of(trace);
        assertThat(finding(explanation, "undecided outputs").value()).isEqualTo(0.5);
        assertThat(finding(explanation, "undecided outputs").status()).isEqualTo(Status.WARNING);
    }

    @Test
    void a_machine_without_memory_has_no_programme() {
        Explanation none = Explanation.of(TraceMaker.withoutSignals(new float[1][1], new float[1][1], null, null));
        assertThat(none.programme().verdict()).isEqualTo(Verdict.NO_MEMORY);
        assertThat(none.programme().actions()).isEmpty();
    }
}
