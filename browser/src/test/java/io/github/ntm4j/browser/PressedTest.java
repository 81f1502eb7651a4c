package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is pressed, what makes no difference, and what a clear programme is worth. */
final class PressedTest {
    @RegisterExtension
    static final Browsing browsing = new Browsing(StudioSite::withoutRuns);

    private static String style(Locator element, String name) {
        return (String) element.evaluate("(e, name) => getComputedStyle(e)[name]", name);
    }

    private static Locator figure(Tab tab, String name) {
        return tab.page().locator("[data-figure='" + name + "']");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,NONE", "DARK,NONE", "LIGHT,ACTIVE", "DARK,ACTIVE"})
    void a_pressed_tool_and_a_chosen_tab_are_seen(ColorScheme scheme, ForcedColors forced) {
        Tab tab = browsing.open("view=machine&at=length=10", scheme);
        Page page = tab.page();
        page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(forced));
        figure(tab, "verdict").first().waitFor();
        page.locator("[data-tool='erase']").click();
        page.locator(".panel-tabs [data-panel='health']").click();
        Locator[][] pairs = {
            {page.locator("[data-tool='erase']"), page.locator("[data-tool='paint']")},
            {page.locator(".panel-tabs [data-panel='health']"), page.locator(".panel-tabs [data-panel='words']")},
        };
        for (Locator[] pair : pairs) {
            assertThat(style(pair[0], "backgroundColor")).isNotEqualTo(style(pair[1], "backgroundColor"));
            // And not by colour alone.
            boolean heavier = Integer.parseInt(style(pair[0], "fontWeight")) > Integer.parseInt(style(pair[1], "fontWeight"));
            boolean outlined = !style(pair[0], "outlineStyle").equals(style(pair[1], "outlineStyle"));
            assertThat(heavier || outlined).isTrue();
        }
        assertThat(pairs[0][0]).hasAttribute("aria-pressed", "true");
        assertThat(pairs[1][0]).hasAttribute("aria-selected", "true");
        assertThat(page.locator(".tabs [aria-current='page']")).hasText("Machine");
        tab.screenshot("pressed-" + scheme + "-" + forced);
    }

    @Test
    void the_arrow_keys_go_from_tab_to_tab() {
        Tab tab = browsing.open("view=machine&at=length=5");
        Locator tabs = tab.page().locator(".panel-tabs");
        tabs.locator("[data-panel='addressing']").focus();
        tab.page().keyboard().press("ArrowRight");
        assertThat(tabs.locator("[data-panel='words']")).isFocused();
        assertThat(tabs.locator("[data-panel='words']")).hasAttribute("aria-selected", "true");
        assertThat(tab.page().locator("[role='tabpanel']:visible")).containsText("while listening");
    }

    /** A row that no head looks at is erased: nothing comes of it. */
    @Test
    void a_difference_without_a_difference_says_so_over_the_original() {
        Tab tab = browsing.open("view=machine&at=length=10&step=11&difference=1&do=[{\"kind\":\"erase-row\",\"step\":11,\"row\":100}]");
        Page page = tab.page();
        Locator input = page.locator("[data-track='Input']");
        assertThat(input.locator(".heat-note")).hasText("no difference");
        assertThat(input.locator(".heat")).hasClass(Pattern.compile(".*\\bfaint\\b.*"));
        assertThat(input.locator("canvas")).hasAttribute("aria-label", Pattern.compile("Input, .*: no difference; \\d+ of \\d+ bits are 1.*"));
        assertThat(page.locator("[data-track='Output'] .heat-note")).hasText(Pattern.compile("no difference.*"));
        assertThat(tab.canvas("[data-track='Output'] canvas").getWidth()).isEqualTo(21);
        tab.screenshot("no-difference");
    }

    @Test
    void two_machines_without_a_wrong_bit_are_said_to_have_none() {
        Tab tab = browsing.open("view=compare&model=models/copy-ntm-lstm&other=models/copy-ntm-lstm&at=length=5");
        assertThat(figure(tab, "same")).containsText("A and B are the same machine");
        assertThat(tab.page().locator("[data-panel='A is wrong'] .heat-note")).hasText("no wrong bit");
        assertThat(tab.page().locator("[data-panel='Output B − A'] .heat-note")).hasText("no difference");
    }

    @Test
    void a_clear_programme_that_is_wrong_is_told_with_what_is_wrong_and_mended_by_a_button() {
        Tab tab = browsing.open("view=machine&model=models/copy-ntm-lstm&at=length=40&rows=32&panel=words");
        Page page = tab.page();
        assertThat(figure(tab, "verdict").first()).hasText(Pattern.compile("a clear programme, but it overwrites \\d+ of 40 rows: \\d+ % wrong"));
        assertThat(page.locator(".words")).not().containsText("confidence");
        assertThat(page.locator(".words .verdict")).containsText("% wrong");
        tab.screenshot("verdict");
        Locator give = page.locator("[data-action='give-rows']").first();
        assertThat(give).hasText("Give it 64 rows");
        give.click();
        assertThat(figure(tab, "Wrong bits")).hasText("0 of 320");
        assertThat(figure(tab, "verdict").first()).hasText("a clear programme, and none of 320 bits is wrong");
        assertThat(page.locator("[data-field='rows']")).hasValue("64");
    }
}
