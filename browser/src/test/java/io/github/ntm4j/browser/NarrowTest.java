package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Narrow screens, titles, and pictures in words. */
final class NarrowTest {
    @RegisterExtension
    static final Browsing browsing = new Browsing(() -> SampleRuns.into(StudioSite.withoutRuns()));

    @ParameterizedTest
    @ValueSource(strings = {
        "view=machine&at=length=20&panel=words",
        "view=machine&at=length=40&rows=32&panel=health",
        "view=machine&model=models/priority-sort-ntm-lstm",
        "view=machine&model=models/copy-dnc&head=read 1&step=25",
        "view=machine&model=models/copy-dnc&head=write 1&panel=signals&step=5",
        "view=machine&model=models/a-name-without-an-end-" + "on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on",
        "view=runs&runs=runs/curve-seed1",
        "view=map&x=length:5-40/5&n=2",
        "view=map&model=models/repeat-copy-ntm-lstm&x=length:1-4&y=repeats:1-4&n=1",
        "view=film&run=runs/filmed&at=length=8",
        "view=compare",
    })
    void nothing_is_cut_off_on_a_telephone(String view) {
        Tab tab = browsing.open(view, ColorScheme.DARK);
        Page page = tab.page();
        for (int width : new int[] {390, 320, 699}) {
            page.setViewportSize(width, 844);
            page.locator("main > *:visible").first().waitFor();
            page.waitForTimeout(700);
            assertThat((int) page.evaluate("document.documentElement.scrollWidth")).as("at %d", width).isLessThanOrEqualTo(width);
            Object outside = page.evaluate(
                    """
                    () => [...document.querySelectorAll("main *, header *")].filter(e => {
                      const box = e.getBoundingClientRect();
                      const scrolls = e.closest(".film-frames, .tabs, .map-figure, .unseen, .time-axis, details");
                      return !scrolls && box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
                    }).map(e => e.tagName + "." + e.getAttribute("class")).slice(0, 5)
                    """);
            assertThat((List<?>) outside).as("at %d", width).isEmpty();
            // One column: the cards have about the width of the window.
            Object narrow = page.evaluate(
                    "() => [...document.querySelectorAll('main .card:not(.obstacle)')].filter(e => e.offsetParent && e.getBoundingClientRect().width < innerWidth - 40).length");
            assertThat(narrow).as("cards that share a line at %d", width).isEqualTo(0);
        }
        page.setViewportSize(390, 844);
        tab.screenshot("narrow-" + Pattern.compile("\\W+").matcher(view).replaceAll("-").substring(5, Math.min(view.length(), 40)));
        tab.takeFaults();
    }

    @Test
    void each_view_has_a_title() {
        Tab tab = browsing.open("view=machine&at=length=5");
        Page page = tab.page();
        assertThat(page).hasTitle("copy-ntm-lstm, length 5 – Machine – ntm4j studio");
        page.locator(".tabs a").getByText("Map").click();
        assertThat(page).hasTitle("copy-ntm-lstm – Map – ntm4j studio");
        page.locator(".tabs a").getByText("Compare").click();
        assertThat(page).hasTitle("copy-ntm-lstm and copy-lstm – Compare – ntm4j studio");
        page.locator(".tabs a").getByText("Film").click();
        assertThat(page).hasTitle("filmed – Film – ntm4j studio");
        page.locator(".tabs a").getByText("Runs").click();
        assertThat(page).hasTitle(Pattern.compile(".* – Runs – ntm4j studio"));
        assertThat(page.locator("h1")).hasText(Pattern.compile("Runs: .*"));
    }

    @Test
    void pictures_are_described_by_what_they_show() {
        Tab tab = browsing.open("view=machine&model=models/copy-ntm-lstm&at=length=10&step=3");
        Page page = tab.page();
        assertThat(page.locator("[data-track='Error'] canvas")).hasAttribute("aria-label", Pattern.compile("Error, .*: none of 80 bits is wrong"));
        assertThat(page.locator("[data-track='Write 1: weighting'] canvas"))
                .hasAttribute("aria-label", Pattern.compile("Write 1: weighting, .*: steps 0 to \\d+: row \\d+ to row \\d+.*"));
        assertThat(page.locator(".memory-now canvas")).hasAttribute("aria-label", Pattern.compile("Memory after step 3: something in 4 of \\d+ rows: 0 to 3;.*|Memory after step 3: something in 4 of \\d+ rows: \\d+ to \\d+;.*"));
        page.keyboard().press("ArrowRight");
        assertThat(page.locator(".memory-now canvas")).hasAttribute("aria-label", Pattern.compile("Memory after step 4: something in 5 of .*"));
        page.locator("[data-field='rows']").fill("8");
        page.locator("[data-field='rows']").press("Enter");
        assertThat(page.locator("[data-track='Error'] canvas")).hasAttribute("aria-label", Pattern.compile("Error, .*: \\d+ of 80 bits are wrong, at steps? .*"));
        for (String view : new String[] {"view=compare", "view=film&run=runs/filmed&at=length=5", "view=map&x=length:1-4&n=1", "view=runs&runs=runs/curve-seed1"}) {
            tab.go(view);
            page.locator("canvas").first().waitFor();
            tab.waitUntil(
                    """
                    [...document.querySelectorAll("canvas")].filter(c => c.offsetParent && c.getAttribute("aria-hidden") !== "true" && !c.closest(".plot, .frame, [role=application]"))
                      .every(c => /^(img|slider)$/.test(c.getAttribute("role")) && /\\d|no|nothing/.test(c.getAttribute("aria-label") ?? ""))
                    """);
        }
        assertThat(page.locator(".curve-bits .plot")).hasAttribute("aria-label", Pattern.compile("Bits per sequence over sequences: training .*"));
    }
}
