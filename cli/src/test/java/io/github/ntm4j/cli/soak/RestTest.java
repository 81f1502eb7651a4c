package io.github.ntm4j.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class RestTest {
    private static final long A_WHILE = 100;

    private final Rest rest = new Rest();

    private static <T> FutureTask<T> elsewhere(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private static void assertWaits(FutureTask<?> task) {
        assertThatThrownBy(() -> task.get(A_WHILE, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void it_begins_when_the_last_one_that_works_has_ended() throws Exception {
        rest.begin();
        rest.begin();
        FutureTask<Boolean> resting = elsewhere(() -> rest.await(() -> false));
        rest.end();
        assertWaits(resting);
        rest.end();
        assertThat(resting.get()).isTrue();
    }

    @Test
    void nobody_begins_before_it_is_over() throws Exception {
        assertThat(rest.await(() -> false)).isTrue();
        FutureTask<Boolean> work = elsewhere(() -> {
            rest.begin();
            return true;
        });
        assertWaits(work);
        rest.over();
        assertThat(work.get()).isTrue();
    }

    @Test
    void it_does_not_come_where_somebody_works_and_it_is_given_up() throws Exception {
        rest.begin();
        assertThat(rest.await(() -> true)).isFalse();
    }
}
