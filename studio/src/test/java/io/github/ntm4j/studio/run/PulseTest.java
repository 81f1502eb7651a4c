package io.github.ntm4j.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.studio.machine.MachineFolders;
import io.github.ntm4j.studio.server.Refusal;
import io.github.ntm4j.studio.server.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PulseTest {
    @TempDir
    private Path runs;

    private Trainings trainings;
    private Pulse pulse;
    private EventsEndpoint events;

    /** A page that takes some bytes and then nothing any more. */
    private static final class Deaf extends OutputStream {
        private final CountDownLatch stuck = new CountDownLatch(1);
        private final CountDownLatch cut = new CountDownLatch(1);
        private int left;

        Deaf(int bytes) {
            left = bytes;
        }

        @Override
        public void write(int b) throws IOException {
            if (left-- <= 0) {
                stuck.countDown();
                try {
                    cut.await();
                } catch (InterruptedException givenUp) {
                    throw new InterruptedIOException();
                }
                throw new IOException("cut");
            }
        }
    }

    @BeforeEach
    void start() {
        trainings = new Trainings(runs, 2, InstantSource.system());
        pulse = new Pulse(new RunList(new MachineFolders(runs, runs, runs.resolve("none")), trainings, InstantSource.system()), trainings);
        events = new EventsEndpoint(pulse);
        trainings.start(RunConfig.resolve(ConfigTree.of(
                Map.of(
                        "task", Map.of("name", "copy", "max_length", 3, "width", 2),
                        "machine", Map.of("rows", 8, "width", 4, "controller_size", 8),
                        "training", Map.of("sequences", 1_000_000_000L, "stop_when_solved", false)),
                "test")));
    }

    @AfterEach
    void stop() {
        trainings.close();
        pulse.close();
    }

    private static Thread listen(Reply.Stream page, OutputStream out) {
        return Thread.ofVirtual().start(() -> {
            try {
                page.writer().write(out);
            } catch (IOException gone) {
                // As the server does, it ends.
            } finally {
                page.end().run();
            }
        });
    }

    @Test
    void who_has_not_listened_for_a_while_hears_the_newest_only() throws InterruptedException {
        pulse.join();
        Pulse.News first = pulse.await(0, Duration.ofSeconds(20));
        Thread.sleep(2_000);
        Pulse.News later = pulse.await(first.number(), Duration.ofSeconds(20));
        assertThat(later.number()).isGreaterThan(first.number() + 4);
        assertThat(later.messages()).hasSizeLessThanOrEqualTo(2);
        assertThat(later.messages().stream().map(message -> new String(message, StandardCharsets.UTF_8)).filter(text -> text.startsWith("event: progress")))
                .hasSize(1);
        pulse.leave();
    }

    @Test
    void pages_that_never_read_hold_nobody_up_and_lose_their_places_when_they_are_cut() throws InterruptedException {
        List<Thread> deaf = new ArrayList<>();
        List<Deaf> pages = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Deaf page = new Deaf(i % 2 == 0 ? 0 : 200);
            pages.add(page);
            deaf.add(listen(events.open(true), page));
            assertThat(page.stuck.await(20, TimeUnit.SECONDS) || i % 2 == 1).isTrue();
        }
        Assertions.assertThatExceptionOfType(Refusal.class).isThrownBy(() -> events.open(true)).withMessageContaining("at most 50 pages");
        pages.forEach(page -> page.cut.countDown());
        for (Thread page : deaf) {
            assertThat(page.join(Duration.ofSeconds(20))).isTrue();
        }
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        Thread listening = listen(events.open(true), heard);
        Thread.sleep(2_000);
        pulse.close();
        assertThat(listening.join(Duration.ofSeconds(5))).isTrue();
        assertThat(heard.toString(StandardCharsets.UTF_8)).contains("event: progress");
    }
}
