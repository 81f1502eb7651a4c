package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A shipped machine that writes to free rows and reads on by links: what it goes by is seen, and it can be led elsewhere. */
final class LinksViewTest {
    private static final String COPY = "view=machine&model=models/copy-dnc&at=length=12";
    /** The third vector is read, from the third row written. */
    private static final int THIRD = 15;

    @RegisterExtension
    static final Browsing browsing = new Browsing(StudioSite::withoutRuns);

    private static Tab open(String view, ColorScheme scheme) {
        Tab tab = browsing.open(view, scheme);
        tab.waitUntil("document.documentElement.dataset.computed > 0");
        return tab;
    }

    /** Does something and waits for the machine to have been at work again. */
    private static void recomputed(Tab tab, Runnable action) {
        Object before = tab.page().evaluate("Number(document.documentElement.dataset.computed)");
        action.run();
        tab.page().waitForCondition(() -> !before.equals(tab.page().evaluate("Number(document.documentElement.dataset.computed)")));
    }

    @ParameterizedTest
    @EnumSource(value = ColorScheme.class, names = {"LIGHT", "DARK"})
    void a_read_head_is_seen_to_follow_the_links(ColorScheme scheme) {
        Tab tab = open(COPY + "&head=read 1&step=" + THIRD, scheme);
        Page page = tab.page();
        assertThat(page.locator("[data-stage=forward] canvas")).hasAttribute("aria-label", Pattern.compile(".*the greatest (0\\.9\\d*|1) at 2,.*"));
        assertThat(page.locator("[data-stage=weighting] canvas")).hasAttribute("aria-label", Pattern.compile(".*the greatest (0\\.9\\d*|1) at 2,.*"));
        assertThat(page.locator("[data-stage=mode] canvas")).hasAttribute("aria-label", Pattern.compile(".*at forward,.*"));
        // From the row before to the one where the head is, and on from there.
        assertThat(page.locator("[data-arrows=link] .arc.way")).hasCount(2);
        assertThat(page.locator("[data-arrows=link] svg")).hasAttribute("aria-label", Pattern.compile("Link after step 15: row .*and \\d+ more"));
        page.locator("[data-arrows=link]").scrollIntoViewIfNeeded();
        tab.screenshot("links-copy-" + scheme.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void a_write_head_is_seen_to_take_what_is_free() {
        Tab tab = open(COPY + "&head=write 1&step=5", ColorScheme.LIGHT);
        Page page = tab.page();
        assertThat(page.locator("[data-stage]").evaluateAll("all => all.map(each => each.dataset.stage)").toString())
                .isEqualTo("[key, strength, content, usage, allocation, allocation gate, gate, weighting, precedence]");
        assertThat(page.locator("[data-stage=allocation] canvas")).hasAttribute("aria-label", Pattern.compile(".*at 5,.*"));
        assertThat(page.locator("[data-stage=precedence] canvas")).hasAttribute("aria-label", Pattern.compile(".*at 5,.*"));
        assertThat(page.locator("[data-track]").evaluateAll("all => all.map(each => each.dataset.track)").toString())
                .contains("Write 1: allocation gate", "Read 1: mode", "Read 1: free gate", "Memory: usage");
    }

    @Test
    void a_head_that_is_told_to_go_back_goes_back() {
        Tab tab = open(COPY + "&head=read 1&step=" + THIRD, ColorScheme.LIGHT);
        Page page = tab.page();
        Locator mode = page.locator("[data-stage=mode] .bars canvas");
        mode.scrollIntoViewIfNeeded();
        var box = mode.boundingBox();
        recomputed(tab, () -> page.mouse().click(box.x + box.width / 6, box.y + 1));
        assertThat(page.locator(".changes")).containsText("read 1, mode");
        assertThat(page.locator("[data-stage=weighting] canvas")).hasAttribute("aria-label", Pattern.compile(".*at 0,.*"));
    }

    @Test
    void a_link_that_is_cut_is_not_followed() {
        Tab tab = open(COPY + "&head=read 1&step=" + THIRD, ColorScheme.LIGHT);
        Page page = tab.page();
        page.locator("[data-store=link] [data-tool=erase]").click();
        Locator cells = page.locator("[data-store=link] .memory-now canvas");
        cells.scrollIntoViewIfNeeded();
        var box = cells.boundingBox();
        int rows = tab.canvas("[data-store=link] .memory-now canvas").getHeight();
        recomputed(tab, () -> page.mouse().click(box.x + 5, box.y + box.height * 2.5 / rows));
        assertThat(page.locator(".changes")).containsText("step 15: link, row 2 erased");
        assertThat(page.locator(".figures")).not().containsText("0 of 96");
    }

    @Test
    void it_is_told_by_free_rows_and_links_and_compared_with_one_that_goes_by_places() {
        Tab tab = open(COPY + "&panel=words", ColorScheme.LIGHT);
        assertThat(tab.page().locator(".words")).containsText("writes to free rows");
        assertThat(tab.page().locator(".words")).containsText("following the links onwards, beginning with the first row written, in the order of writing");
        Tab compared = browsing.open("view=compare&model=models/copy-dnc&other=models/copy-ntm-lstm&at=length=12", ColorScheme.LIGHT);
        compared.page().waitForCondition(() -> compared.page().locator("main").textContent().contains("Memory: usage"));
        assertThat(compared.page().locator("main")).containsText("Both answer without a wrong bit.");
    }
}
