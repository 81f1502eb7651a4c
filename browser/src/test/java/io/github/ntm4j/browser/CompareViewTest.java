package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two machines side by side. */
final class CompareViewTest {
    private static final String SORTS = "view=compare&model=models/priority-sort-lstm&other=models/priority-sort-ntm-lstm&at=items=12";

    @RegisterExtension
    static final Browsing browsing = new Browsing(StudioSite::withoutRuns);

    private static Tab open(String view, ColorScheme scheme) {
        Tab tab = browsing.open(view, scheme);
        assertThat(figure(tab, "differs")).hasText(Pattern.compile("\\d+ in A only, \\d+ in B only, \\d+ in both"));
        return tab;
    }

    private static Locator figure(Tab tab, String name) {
        return tab.page().locator("[data-figure='" + name + "']");
    }

    /** All numbers of a text. */
    private static List<Integer> numbers(Locator text) {
        return Pattern.compile("\\d+").matcher(text.textContent()).results().map(match -> Integer.valueOf(match.group())).toList();
    }

    private static int wrongBits(Tab tab, String machine) {
        Matcher matcher = Pattern.compile("(\\d+) of \\d+ bits wrong").matcher(figure(tab, machine).textContent());
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    @Test
    void what_is_wrong_in_one_and_in_both_adds_up() {
        Tab tab = open(SORTS, ColorScheme.LIGHT);
        List<Integer> counts = numbers(figure(tab, "differs"));
        assertThat(wrongBits(tab, "A")).isEqualTo(counts.get(0) + counts.get(2)).isPositive();
        assertThat(wrongBits(tab, "B")).isEqualTo(counts.get(1) + counts.get(2)).isPositive();
        // The machine without a memory has no weightings.
        assertThat(tab.page().locator(".compared.a .panel.weighting")).hasCount(0);
        assertThat(tab.page().locator(".compared.b .panel.weighting")).hasCount(6);
        tab.screenshot("compare-light");
    }

    @Test
    void the_line_at_a_step_is_the_same_everywhere() {
        Tab tab = open(SORTS, ColorScheme.DARK);
        Page page = tab.page();
        Locator lines = page.locator(".panel-now:visible");
        assertThat(lines).hasCount(0);
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Shift+ArrowRight");
        assertThat(lines).hasCount(3);
        assertThat(page).hasURL(Pattern.compile("step=10"));
        tab.screenshot("compare-dark");
        page.locator(".compared.a [data-panel='Output'] canvas").hover();
        assertThat(page.locator(".status")).hasText(Pattern.compile("Output, step \\d+, channel \\d: .*"));
    }

    @Test
    void machines_are_chosen_and_swapped() {
        Tab tab = open("view=compare&model=models/copy-ntm-lstm&at=length=20&rows=16", ColorScheme.LIGHT);
        Page page = tab.page();
        assertThat(page.locator("[data-field='B']")).hasValue("models/copy-lstm");
        int wrong = wrongBits(tab, "A");
        assertThat(wrong).as("twenty vectors in sixteen rows").isPositive();
        page.locator("[data-action='swap']").click();
        assertThat(page.locator("[data-field='B']")).hasValue("models/copy-ntm-lstm");
        tab.page().waitForCondition(() -> wrongBits(tab, "B") == wrong);
        page.locator("[data-action='open-B']").click();
        assertThat(page).hasURL(Pattern.compile("view=machine.*model=models/copy-ntm-lstm"));
    }

    @Test
    void machines_of_different_tasks_have_nothing_in_common() {
        Tab tab = browsing.open("view=compare&model=models/copy-ntm-lstm&other=models/repeat-copy-ntm-lstm");
        assertThat(tab.page().locator("[role='alert']")).containsText("A and B have no sequence in common: copy-ntm-lstm is for copy (9 inputs, 8 outputs),"
                + " repeat-copy-ntm-lstm is for repeat-copy (9 inputs, 9 outputs).");
        assertThat(figure(tab, "differs")).isHidden();
        tab.page().locator("[data-field='B']").selectOption("models/copy-ntm-ff");
        assertThat(figure(tab, "differs")).containsText("in both");
    }
}
