package io.github.ntm4j.engine.border;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Two threads at once are noticed, threads that take turns are not. */
class OneThreadTest {
    private final OneThread use = new OneThread("session");

    private Throwable inAnotherThread(Runnable what) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = Thread.ofPlatform().name("other").start(() -> thrown.set(catchThrowable(what::run)));
        thread.join();
        return thrown.get();
    }

    @Test
    void theSecondThreadIsRefusedAndTheFirstGoesOn() throws InterruptedException {
        use.begin();
        String message = "session: expected one thread at a time, got other while thread " + Thread.currentThread().getName()
                + " uses it; give each thread a session of its own";
        assertThat(inAnotherThread(use::begin)).isInstanceOf(IllegalStateException.class).hasMessage(message);
        assertThat(inAnotherThread(use::look)).isInstanceOf(IllegalStateException.class).hasMessage(message);
        assertThatCode(use::look).doesNotThrowAnyException();
        use.end();
    }

    @Test
    void threadsMayTakeTurns() throws InterruptedException {
        use.begin();
        use.end();
        assertThat(inAnotherThread(() -> {
                    use.look();
                    use.begin();
                    use.end();
                }))
                .isNull();
        assertThatCode(use::begin).doesNotThrowAnyException();
    }

    @Test
    void aUseFromWithinAnotherIsRefused() {
        use.begin();
        assertThatIllegalStateException()
                .isThrownBy(use::begin)
                .withMessage("session: expected one call at a time, got one from within another");
    }
}
