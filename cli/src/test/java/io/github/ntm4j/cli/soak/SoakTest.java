package io.github.ntm4j.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.KernelProvider;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakTest {
    private static final double LONG = 600;

    @TempDir
    private Path folder;

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    /** Work that fails when it is done for the n-th time, or never. */
    private final class Numbered implements Load {
        final String name;
        final long last;
        volatile long done;

        Numbered(String name, long last) {
            this.name = name;
            this.last = last;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void operate() throws Exception {
            underWay.incrementAndGet();
            Thread.sleep(1);
            underWay.decrementAndGet();
            if (++done == last) {
                throw new IllegalStateException("the disk is full");
            }
        }

        @Override
        public SequencedMap<String, Long> done() {
            return new LinkedHashMap<>(Map.of(name, done));
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private Soak.Options options(double seconds) {
        return new Soak.Options(folder, folder, "test", seconds, KernelProvider.best());
    }

    @Test
    void an_error_in_one_load_ends_all_of_them_with_a_line_that_says_which() throws Exception {
        Soak soak = new Soak(options(LONG), moment -> {});
        Soak.Result result = soak.run(List.of(new Numbered("good", -1), new Numbered("bad", 3)));
        assertThat(result.problem()).hasMessage("bad: the disk is full");
        assertThat(result.done()).containsEntry("bad", 3L).containsKey("good");
        assertThat(closed).hasValue(2);
        assertThat(underWay).hasValue(0);
    }

    @Test
    void whoever_stops_it_gets_the_figures_up_to_then() throws Exception {
        Soak[] soak = new Soak[1];
        soak[0] = new Soak(options(6), moment -> soak[0].stop());
        Soak.Result result = soak[0].run(List.of(new Numbered("work", -1)));
        assertThat(result.samples()).hasSize(1);
        assertThat(result.problem()).isNull();
        assertThat(soak[0].file()).content().hasLineCount(1).contains("\"work\":");
    }
}
