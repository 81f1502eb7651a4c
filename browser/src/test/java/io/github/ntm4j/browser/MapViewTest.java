package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.Color;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The generalisation map: computing one, and getting from it to an example. */
final class MapViewTest {
    private static final String SORT = "view=map&model=models/priority-sort-ntm-lstm&x=items:1-24&n=5";
    private static final String REPEAT = "view=map&model=models/repeat-copy-ntm-lstm&x=length:1-6&y=repeats:1-4&n=3";
    private static final String CELLS = "[data-figure='map'] canvas";

    @RegisterExtension
    static final Browsing browsing = new Browsing(StudioSite::withoutRuns);

    private static Tab open(String view, ColorScheme scheme) {
        Tab tab = browsing.open(view, scheme);
        computed(tab);
        return tab;
    }

    private static void computed(Tab tab) {
        tab.waitUntil("document.querySelector('main').dataset.done === 'true'");
    }

    private static Locator figure(Tab tab, String name) {
        return tab.page().locator("[data-figure='" + name + "']");
    }

    /** In the middle of a cell, as far from the left and from the top of the map as it is. */
    private static void click(Tab tab, int column, int fromTop, int columns, int rows) {
        var box = tab.page().locator(CELLS).boundingBox();
        tab.page().mouse().click(box.x + box.width * (column + 0.5) / columns, box.y + box.height * (fromTop + 0.5) / rows);
    }

    @Test
    void a_key_leads_from_a_cell_to_a_failing_example() {
        Tab tab = open(SORT, ColorScheme.LIGHT);
        Page page = tab.page();
        assertThat(figure(tab, "progress")).containsText("24 cells in");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Shift+ArrowRight");
        assertThat(figure(tab, "cell")).containsText("items 6");
        tab.screenshot("map-bars");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile("view=machine&model=models/priority-sort-ntm-lstm.*at=items=6&seed=1&index="));
        assertThat(figure(tab, "Wrong bits")).hasText(Pattern.compile("[1-9][0-9]* of \\d+"));
        page.goBack();
        computed(tab);
        assertThat(figure(tab, "progress")).containsText("24 cells in");
    }

    @Test
    void a_click_on_a_sequence_opens_this_sequence() {
        Tab tab = open(SORT, ColorScheme.LIGHT);
        click(tab, 7, 3, 24, 5);
        assertThat(tab.page()).hasURL(Pattern.compile("at=items=8&seed=1&index=3"));
    }

    @Test
    void the_map_of_two_parameters_shows_where_a_machine_fails() {
        Tab tab = open("view=map&model=models/copy-ntm-lstm&x=length:10-40/10&y=rows:16-48/16&n=3", ColorScheme.LIGHT);
        assertThat(tab.canvas(CELLS).getWidth()).isEqualTo(4);
        assertThat(tab.canvas(CELLS).getHeight()).isEqualTo(3);
        // Sixteen rows, at the bottom, have room for ten vectors and not for forty.
        assertThat(tab.colour(CELLS, 0, 2)).isEqualTo(Color.WHITE);
        assertThat(tab.colour(CELLS, 3, 2)).isNotEqualTo(Color.WHITE);
        click(tab, 3, 2, 4, 3);
        assertThat(tab.page()).hasURL(Pattern.compile("view=machine.*at=length=40&seed=1&index=0&rows=16"));
        assertThat(figure(tab, "Wrong bits")).hasText(Pattern.compile("[1-9][0-9]* of 320"));
    }

    @Test
    void other_sizes_give_another_map() {
        Tab tab = open(REPEAT, ColorScheme.DARK);
        assertThat(tab.page().locator("rect.trained")).hasCount(1);
        tab.screenshot("map-dark");
        Page page = tab.page();
        page.locator("[data-field='x-to']").fill("9");
        page.locator("[data-field='x-to']").press("Enter");
        assertThat(figure(tab, "progress")).containsText("36 cells in");
        page.locator("[data-field='y']").selectOption("none");
        assertThat(figure(tab, "progress")).containsText("9 cells in");
        page.locator("[data-field='y']").selectOption("rows");
        assertThat(page.locator("text.axis-name").last()).hasText("memory rows");
        assertThat(figure(tab, "progress")).containsText("144 cells in");
    }

    @Test
    void what_the_server_refuses_is_said() {
        Tab tab = browsing.open("view=map&model=models/copy-ntm-lstm&x=length:900000-900001&n=100");
        assertThat(tab.page().locator(".obstacle")).containsText("expected at most 20,000,000 steps");
        assertThat(tab.takeFaults()).anyMatch(fault -> fault.contains("400") && fault.contains("/api/map"));
    }
}
