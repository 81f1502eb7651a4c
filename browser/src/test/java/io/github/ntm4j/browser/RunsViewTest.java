package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.KeyboardModifier;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs: their curves, and trainings that are started, halted, changed and ended from the page. */
final class RunsViewTest {
    /** A machine so small that it trains long enough to be looked at. */
    private static final String SMALL =
            """
            machine.rows=8
            machine.width=4
            machine.controller_size=8
            task.max_length=3
            training.report_interval=200
            training.evaluation_interval=2000
            training.evaluation_sequences=20
            training.stop_when_solved=false
            """;

    @RegisterExtension
    static final Browsing browsing = new Browsing(RunsViewTest::siteWithRuns);

    /** Three seeds of a training that has ended, as {@code ntm train} leaves them. */
    private static StudioSite siteWithRuns() {
        StudioSite site = StudioSite.withoutRuns();
        for (int seed = 1; seed <= 3; seed++) {
            StringBuilder metrics = new StringBuilder();
            for (int i = 1; i <= 40; i++) {
                double bits = 80.0 / (1 + i * i * seed / 20.0);
                metrics.append("""
                        {"kind":"train","sequences":%d,"bits_per_sequence":%s,"bit_errors_per_sequence":%s,"learning_rate":4.0E-4,"gradient_norm":3.5,"clipped":0.25,"skipped":0,"seconds":%s}
                        """.formatted(i * 250, bits, bits / 3, i / 10.0));
            }
            metrics.append("{\"kind\":\"solved\",\"sequences\":9000,\"seconds\":3.6}\n");
            metrics.append("{\"kind\":\"finished\",\"sequences\":10000,\"outcome\":\"solved\",\"seconds\":4.0}\n");
            try {
                Path run = Files.createDirectories(site.runs().resolve("old-seed" + seed));
                Files.writeString(run.resolve("config.yaml"), "seed: " + seed + "\ntask:\n  name: copy\n");
                Files.writeString(run.resolve("metrics.jsonl"), metrics);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return site;
    }

    private static Locator row(Tab tab, String run) {
        return tab.page().locator("[data-run='" + run + "']");
    }

    private static Locator action(Tab tab, String name) {
        return tab.page().locator("[data-action='" + name + "']");
    }

    @Test
    void a_training_is_started_halted_changed_and_ended() {
        Tab tab = browsing.open("view=runs", ColorScheme.DARK);
        Page page = tab.page();
        page.locator(".run-list").waitFor();
        page.keyboard().press("n");
        Locator form = page.locator("dialog");
        form.locator("[data-field=seed]").fill("7");
        form.locator("[data-field=sequences]").fill("4000000");
        form.locator("[data-field=settings]").fill(SMALL);
        form.locator("[data-action=start]").click();
        Locator started = row(tab, "runs/copy-ntm-lstm-seed7");
        assertThat(started).hasAttribute("aria-label", Pattern.compile("copy-ntm-lstm-seed7 .*, training.*"));
        assertThat(page.locator(".curve-bits .readout")).containsText("training");
        tab.screenshot("runs-live");

        page.keyboard().press("p");
        assertThat(started).hasAttribute("aria-label", Pattern.compile(".*, paused.*"));
        action(tab, "continue").click();
        assertThat(started).hasAttribute("aria-label", Pattern.compile(".*, training.*"));
        action(tab, "checkpoint").click();
        assertThat(page.locator(".messages")).containsText("checkpoint");
        page.locator("[data-field=rate]").fill("0.0001");
        page.keyboard().press("Enter");
        assertThat(page.locator(".curve-rate .readout")).containsText("1e-4");
        action(tab, "stop").click();
        assertThat(started).hasAttribute("aria-label", Pattern.compile(".*, (stopped|interrupted|finished).*"));
        action(tab, "look").click();
        assertThat(page).hasURL(Pattern.compile("view=machine.*model=runs/copy-ntm-lstm-seed7"));
        assertThat(page.locator("[data-figure='Steps']")).hasText("7");
    }

    @Test
    void several_seeds_are_a_median_and_a_spread() {
        Tab tab = browsing.open("view=runs");
        row(tab, "runs/old-seed1").click();
        assertThat(tab.page().locator(".curve-bits .readout")).containsText("training");
        for (int seed = 2; seed <= 3; seed++) {
            row(tab, "runs/old-seed" + seed).click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.CONTROL)));
        }
        assertThat(tab.page().locator(".runs-main")).containsText("median and middle half of 3 runs");
        BufferedImage curve = tab.canvas(".curve-bits canvas");
        int coloured = 0;
        for (int x = 0; x < curve.getWidth(); x++) {
            for (int y = 0; y < curve.getHeight(); y++) {
                Color colour = new Color(curve.getRGB(x, y), true);
                coloured += colour.getAlpha() > 20 && colour.getBlue() > colour.getRed() + 60 ? 1 : 0;
            }
        }
        assertThat(coloured).as("pixels of the median and its band").isGreaterThan(1000);
        tab.screenshot("runs-seeds");
    }

    @Test
    void a_wrong_setting_is_named_and_nothing_begins() {
        Tab tab = browsing.open("view=runs");
        action(tab, "new-run").click();
        Locator form = tab.page().locator("dialog");
        form.locator("[data-field=settings]").fill("machine.colour=3");
        form.locator("[data-action=start]").click();
        assertThat(form).containsText("machine.colour");
        assertThat(tab.takeFaults()).allMatch(fault -> fault.contains("400"));
    }
}
