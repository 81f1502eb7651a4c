package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tools of the browser tests see what a page shows and what goes wrong in it. */
final class BrowsingTest {
    private static final Path SCREENSHOTS = Path.of(System.getProperty("basedir", ""), "target", "screenshots");

    @RegisterExtension
    static final Browsing browsing = new Browsing(() -> SmallSite.serving("small-page.html"));

    @Test
    void a_page_gets_every_event_of_a_stream_in_order() {
        Tab tab = browsing.open("");
        assertThat(tab.page().locator("#state")).hasText("all");
        assertThat(tab.page().locator("#numbers")).hasText(
                IntStream.range(0, SmallSite.EVENTS).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
    }

    @Test
    void a_screenshot_shows_the_window_on_a_light_and_on_a_dark_screen() {
        BufferedImage light = browsing.open("").screenshot("browsing-light");
        BufferedImage dark = browsing.open("", ColorScheme.DARK).screenshot("browsing-dark");
        assertThat(light.getWidth()).isEqualTo(1280);
        assertThat(light.getHeight()).isEqualTo(720);
        assertThat(new Color(light.getRGB(1279, 719))).isEqualTo(new Color(250, 249, 248));
        assertThat(new Color(dark.getRGB(1279, 719))).isEqualTo(new Color(16, 17, 18));
        assertThat(SCREENSHOTS.resolve("browsing-light.png")).isNotEmptyFile();
        assertThat(SCREENSHOTS.resolve("browsing-dark.png")).isNotEmptyFile();
    }

    @Test
    void the_pixels_of_a_canvas_are_those_that_were_drawn() {
        Tab tab = browsing.open("");
        // Two rows of three cells, shown a hundred times as large.
        BufferedImage cells = tab.canvas("#cells");
        assertThat(cells.getWidth()).isEqualTo(3);
        assertThat(cells.getHeight()).isEqualTo(2);
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 3; x++) {
                assertThat(tab.colour("#cells", x, y)).as("cell %d, %d", x, y).isEqualTo(new Color(80 * x, 200, 90 * y));
            }
        }
    }

    @Test
    void what_a_page_comes_to_can_be_waited_for() {
        Tab tab = browsing.open("");
        tab.page().evaluate("void setTimeout(() => { window.later = 7; }, 300)");
        tab.waitUntil("window.later === 7");
        assertThat(tab.page().evaluate("window.later")).isEqualTo(7);
    }

    @Test
    void a_view_follows_what_the_server_wants_in_the_fragment() {
        Tab tab = browsing.open("view=machine&step=3");
        assertThat(tab.page().url()).endsWith("/#token=secret&view=machine&step=3");
        tab.go("view=map");
        assertThat(tab.page().url()).endsWith("/#token=secret&view=map");
        // Each time the page was loaded, and is not told by the browser that a fragment has changed.
        assertThat(tab.page().evaluate("fragments")).isEqualTo(0);
    }

    @Test
    void tabs_share_no_storage() {
        browsing.open("").page().evaluate("localStorage.setItem('theme', 'dark')");
        assertThat(browsing.open("").page().evaluate("localStorage.getItem('theme')")).isNull();
    }

    @Test
    void keys_and_clicks_reach_the_page() {
        Tab tab = browsing.open("");
        Locator count = tab.page().locator("#count");
        count.click();
        tab.page().keyboard().press("Enter");
        assertThat(count).hasText("2");
    }

    @Test
    void a_test_fails_for_a_fault_that_it_does_not_take_and_for_its_own_ones_only() {
        browsing.open("").page().evaluate("console.error('first')");
        browsing.open("").page().evaluate("console.error('second')");
        assertThatThrownBy(() -> browsing.closeTabs(null))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("first", "second");
        browsing.open("");
        browsing.closeTabs(null);
    }

    @Test
    void a_test_that_fails_leaves_a_picture_of_each_tab() throws IOException {
        Path first = SCREENSHOTS.resolve("pictured-0.png");
        Path second = SCREENSHOTS.resolve("pictured-1.png");
        Files.deleteIfExists(first);
        Files.deleteIfExists(second);
        browsing.open("");
        browsing.open("");
        browsing.closeTabs("pictured");
        assertThat(first).isNotEmptyFile();
        assertThat(second).isNotEmptyFile();
    }

    @Test
    void an_exception_that_nothing_catches_is_a_fault() {
        Tab tab = browsing.open("");
        tab.page().evaluate("void setTimeout(() => { throw new Error('no row 128'); })");
        tab.page().waitForTimeout(50);
        assertThat(tab.takeFaults()).singleElement().asString().contains("not caught", "no row 128");
        assertThat(tab.takeFaults()).isEmpty();
    }

    @Test
    void an_error_on_the_console_is_a_fault_and_a_warning_is_none() {
        Tab tab = browsing.open("");
        tab.page().evaluate("console.warn('slow'); console.error('no head of this name')");
        assertThat(tab.takeFaults()).singleElement().asString().contains("console: no head of this name");
    }

    @Test
    void a_request_for_what_is_not_there_is_a_fault() {
        Tab tab = browsing.open("");
        tab.page().evaluate("fetch('/missing')");
        assertThat(tab.takeFaults()).singleElement().asString().contains("404", "/missing");
    }

    @Test
    void a_request_to_another_server_is_a_fault() {
        Tab tab = browsing.open("");
        String another = "http://127.0.0.1:1/font.woff2";
        tab.page().evaluate("url => fetch(url).catch(() => null)", another);
        assertThat(tab.takeFaults()).anyMatch(fault -> fault.equals("asks another server: " + another));
    }
}
