package io.github.ntm4j.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyJobRunsOnceInManyRounds(int threads) {
        try (Workers workers = new Workers(threads)) {
            assertThat(workers.count()).isEqualTo(threads);
            int rounds = threads > 3 ? 50 : 200;
            for (int round = 0; round < rounds; round++) {
                int jobs = round % 11;
                AtomicIntegerArray ran = new AtomicIntegerArray(jobs + 1);
                workers.run(jobs, job -> ran.incrementAndGet(job));
                for (int job = 0; job <= jobs; job++) {
                    assertThat(ran.get(job)).as("round %d job %d", round, job).isEqualTo(job < jobs ? 1 : 0);
                }
            }
        }
    }

    @Test
    void whatJobsWroteIsSeenByTheCallerAndByTheJobsOfTheNextRound() {
        try (Workers workers = new Workers(3)) {
            int[] plain = new int[3];
            for (int round = 0; round < 150; round++) {
                int expected = round;
                workers.run(3, job -> {
                    if (plain[0] + plain[1] + plain[2] < expected) {
                        throw new AssertionError("a job does not see the rounds before");
                    }
                });
                workers.run(3, job -> plain[job] += job == expected % 3 ? 1 : 0);
                assertThat(plain[0] + plain[1] + plain[2]).isEqualTo(round + 1);
            }
        }
    }

    @Test
    void jobsRunOnSeveralThreadsAtOnce() {
        try (Workers workers = new Workers(3)) {
            CountDownLatch together = new CountDownLatch(3);
            workers.run(3, job -> {
                together.countDown();
                try {
                    assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    @Test
    void threadsThatSleptWakeUp() throws InterruptedException {
        try (Workers workers = new Workers(3)) {
            for (int round = 0; round < 5; round++) {
                Thread.sleep(30);
                AtomicInteger ran = new AtomicInteger();
                workers.run(7, job -> ran.incrementAndGet());
                assertThat(ran.get()).isEqualTo(7);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anExceptionOfAJobReachesTheCallerAndTheGroupStaysUsable(int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int round = 0; round < 40; round++) {
                int bad = round % 6;
                assertThatExceptionOfType(ArithmeticException.class)
                        .isThrownBy(() -> workers.run(6, job -> {
                            if (job == bad) {
                                throw new ArithmeticException("job " + job);
                            }
                        }))
                        .withMessage("job " + bad);
                AtomicInteger ran = new AtomicInteger();
                workers.run(6, job -> ran.incrementAndGet());
                assertThat(ran.get()).isEqualTo(6);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anErrorOfAJobReachesTheCallerAsItIs(int threads) {
        try (Workers workers = new Workers(threads)) {
            OutOfMemoryError error = new OutOfMemoryError("too large");
            assertThatThrownBy(() -> workers.run(4, job -> {
                if (job == 2) {
                    throw error;
                }
            })).isSameAs(error);
        }
    }

    @Test
    void noJobStillRunsWhenAFailureReachesTheCaller() {
        try (Workers workers = new Workers(3)) {
            for (int round = 0; round < 20; round++) {
                AtomicInteger running = new AtomicInteger();
                assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> workers.run(3, job -> {
                    if (job == 0) {
                        throw new IllegalArgumentException("at once");
                    }
                    running.incrementAndGet();
                    pause(5);
                    running.decrementAndGet();
                }));
                assertThat(running.get()).isZero();
            }
        }
    }

    @Test
    void whereAllJobsFailOneFailureIsReportedAndNoneIsLeftForTheNextRound() {
        try (Workers workers = new Workers(3)) {
            for (int round = 0; round < 40; round++) {
                int thisRound = round;
                assertThatExceptionOfType(IllegalStateException.class)
                        .isThrownBy(() -> workers.run(9, job -> {
                            throw new IllegalStateException("round " + thisRound);
                        }))
                        .withMessage("round " + round);
            }
            workers.run(9, job -> {});
        }
    }

    @Test
    void closingEndsTheThreads() throws InterruptedException {
        Workers workers = new Workers(4);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        for (int round = 0; round < 50; round++) {
            workers.run(8, job -> {
                seen.add(Thread.currentThread());
                pause(1);
            });
        }
        List<Thread> others = seen.stream().filter(thread -> thread != Thread.currentThread()).toList();
        assertThat(others).isNotEmpty().allMatch(Thread::isDaemon);
        workers.close();
        for (Thread thread : others) {
            assertThat(thread.join(Duration.ofSeconds(30))).as("%s has ended", thread.getName()).isTrue();
        }
        workers.close();
    }

    @Test
    void aClosedGroupRefusesWork() {
        Workers workers = new Workers(2);
        workers.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> workers.run(2, job -> {}));
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
