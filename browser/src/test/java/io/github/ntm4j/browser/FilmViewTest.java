package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The film of learning: going through it, and watching it grow. */
final class FilmViewTest {
    private static final String FILM = "view=film&run=runs/mine&at=length=8";

    @RegisterExtension
    static final Browsing browsing = new Browsing(FilmViewTest::siteWithFilms);

    /** Where a run writes its film, to let it grow in a test. */
    private static Path growing = Path.of("");

    private static StudioSite siteWithFilms() {
        StudioSite site = StudioSite.withoutRuns();
        growing = site.runs().resolve("growing");
        for (Path run : new Path[] {site.runs().resolve("mine"), growing}) {
            snapshot(run, 0, "copy-ntm-ff");
            snapshot(run, 400, "copy-ntm-lstm");
            snapshot(run, 10_000, "copy-ntm-ff");
        }
        return site;
    }

    private static void snapshot(Path run, int sequences, String model) {
        Path models = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("models");
        try {
            Path film = Files.createDirectories(run.resolve("film"));
            Files.copy(models.resolve(model + ".safetensors"), film.resolve(sequences + ".safetensors"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tab open(String view, ColorScheme scheme, int snapshots) {
        Tab tab = browsing.open(view, scheme);
        loaded(tab, snapshots);
        return tab;
    }

    private static void loaded(Tab tab, int snapshots) {
        tab.waitUntil("document.querySelector('main').dataset.loaded === '" + snapshots + "'");
    }

    private static Locator snapshot(Tab tab) {
        return tab.page().locator("[data-figure='snapshot']");
    }

    @Test
    void keys_a_click_and_the_slider_go_through_the_film() {
        Tab tab = open(FILM, ColorScheme.LIGHT, 3);
        Page page = tab.page();
        assertThat(snapshot(tab)).containsText("after 10,000 sequences: 0 of 64 bits wrong, cost 0.0");
        page.keyboard().press("ArrowLeft");
        assertThat(snapshot(tab)).containsText("after 400 sequences");
        page.keyboard().press("Home");
        assertThat(snapshot(tab)).containsText("after 0 sequences");
        page.locator(".frame").nth(1).click();
        assertThat(snapshot(tab)).containsText("after 400 sequences");
        assertThat(page).hasURL(Pattern.compile("frame=400"));
        tab.screenshot("film-light");
        page.locator("[data-field='frame']").press("ArrowRight");
        assertThat(snapshot(tab)).containsText("after 10,000 sequences");
    }

    @Test
    void playing_ends_at_the_last_snapshot() {
        Tab tab = open(FILM, ColorScheme.DARK, 3);
        tab.screenshot("film-dark");
        Locator play = tab.page().locator("[data-action='play']");
        play.click();
        assertThat(play).hasAttribute("aria-label", "Pause");
        assertThat(snapshot(tab)).containsText("after 0 sequences");
        assertThat(play).hasAttribute("aria-label", "Play");
        assertThat(snapshot(tab)).containsText("after 10,000 sequences");
    }

    @Test
    void another_sequence_is_shown_to_all_snapshots() {
        Tab tab = open(FILM, ColorScheme.LIGHT, 3);
        tab.page().locator("[data-field='length']").fill("5");
        tab.page().locator("[data-field='length']").press("Enter");
        assertThat(snapshot(tab)).containsText("of 40 bits wrong");
        loaded(tab, 3);
        assertThat(tab.canvas("[data-panel='Write 1'] canvas").getWidth()).isEqualTo(11);
    }

    @Test
    void a_new_snapshot_appears_by_itself() {
        Tab tab = open("view=film&run=runs/growing&at=length=8", ColorScheme.LIGHT, 3);
        snapshot(growing, 20_000, "copy-ntm-lstm");
        assertThat(tab.page().locator(".frame")).hasCount(4);
        assertThat(snapshot(tab)).containsText("after 20,000 sequences");
    }

    @Test
    void a_snapshot_is_compared_with_the_last_one() {
        Tab tab = open(FILM + "&frame=400", ColorScheme.LIGHT, 3);
        tab.page().locator("[data-action='compare']").click();
        assertThat(tab.page()).hasURL(Pattern.compile("model=runs/mine@400&other=runs/mine@10000"));
        assertThat(tab.page().locator("[data-figure='differs']")).hasText("0 in A only, 0 in B only, 0 in both");
    }
}
