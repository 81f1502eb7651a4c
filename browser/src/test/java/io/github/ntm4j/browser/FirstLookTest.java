package io.github.ntm4j.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is there when the studio is opened for the first time, without any run. */
final class FirstLookTest {
    @RegisterExtension
    static final Browsing browsing = new Browsing(StudioSite::withoutRuns);

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void the_copy_machine_writes_each_vector_to_the_row_after_the_last(ColorScheme scheme) {
        Tab tab = browsing.open("", scheme);
        tab.waitUntil("document.documentElement.dataset.computed > 0");
        tab.screenshot("first-look-" + scheme.name().toLowerCase(Locale.ROOT));

        BufferedImage weighting = tab.canvas("[data-track='Write 1: weighting'] canvas");
        assertThat(weighting.getWidth()).as("steps of a sequence of 20: it, the delimiter, the copy").isEqualTo(41);
        int first = writtenRow(weighting, 0);
        for (int step = 1; step < 20; step++) {
            assertThat(writtenRow(weighting, step)).as("row at step %d", step).isEqualTo(first + step);
        }
    }

    /** The picture at the top of the README, {@code docs/images/studio.png}, is this one. */
    @Test
    void the_copy_machine_is_seen_while_it_answers() {
        Tab tab = browsing.open("view=machine&model=models/copy-ntm-lstm&at=length=20&step=29&head=read%201");
        tab.waitUntil("document.documentElement.dataset.computed > 0");
        assertThat(tab.page().locator("[data-figure='Wrong bits']").textContent()).isEqualTo("0 of 160");
        tab.screenshot("studio");
    }

    /** The row whose colour is farthest from that of no weight, which most rows of every step have. */
    private static int writtenRow(BufferedImage weighting, int step) {
        Color none = new Color(weighting.getRGB(0, weighting.getHeight() - 1));
        return IntStream.range(0, weighting.getHeight())
                .boxed()
                .max(Comparator.comparingInt(row -> distance(none, new Color(weighting.getRGB(step, row)))))
                .orElseThrow();
    }

    private static int distance(Color a, Color b) {
        return Math.abs(a.getRed() - b.getRed())
                + Math.abs(a.getGreen() - b.getGreen())
                + Math.abs(a.getBlue() - b.getBlue());
    }
}
