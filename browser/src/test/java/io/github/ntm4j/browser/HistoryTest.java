package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Going back with the browser: it undoes what was done, one thing at a time. */
final class HistoryTest {
    @RegisterExtension
    static final Browsing browsing = new Browsing(StudioSite::withoutRuns);

    private static Locator figure(Tab tab, String name) {
        return tab.page().locator("[data-figure='" + name + "']");
    }

    @Test
    void bits_interventions_rows_and_views_are_gone_back_to() {
        Tab tab = browsing.open("view=machine&model=models/copy-ntm-lstm&at=length=10");
        Page page = tab.page();
        Locator chip = page.locator(".side .chip");
        Locator changes = page.locator(".changes");
        assertThat(figure(tab, "Wrong bits")).hasText("0 of 80");
        Locator input = page.locator("[data-track='Input'] canvas");
        input.click();
        assertThat(chip).hasText("1 bits changed");
        page.locator("[data-tool='noise']").click();
        assertThat(changes).containsText("noise of ±1");
        page.locator("[data-field='rows']").fill("64");
        page.locator("[data-field='rows']").press("Enter");
        assertThat(changes).containsText("None.");
        page.locator(".tabs a").getByText("Compare").click();
        assertThat(figure(tab, "differs")).containsText("in both");

        page.goBack();
        assertThat(page.locator("[data-field='rows']")).hasValue("64");
        page.goBack();
        assertThat(page.locator("[data-field='rows']")).hasValue("128");
        assertThat(changes).containsText("noise of ±1");
        page.goBack();
        assertThat(changes).containsText("None.");
        assertThat(chip).hasText("1 bits changed");
        page.goBack();
        assertThat(chip).hasCount(0);
        page.goForward();
        assertThat(chip).hasText("1 bits changed");
    }

    @Test
    void a_drag_is_one_thing_and_what_moves_the_eye_is_none() {
        Tab tab = browsing.open("view=machine&model=models/copy-ntm-lstm&at=length=10");
        Page page = tab.page();
        assertThat(figure(tab, "Wrong bits")).hasText("0 of 80");
        int before = (int) page.evaluate("history.length");
        var box = page.locator("[data-track='Input'] canvas").boundingBox();
        page.mouse().move(box.x + 5, box.y + 3);
        page.mouse().down();
        for (int i = 1; i <= 8; i++) {
            page.mouse().move(box.x + i * box.width / 22, box.y + 3);
        }
        page.mouse().up();
        assertThat(page.locator(".side .chip")).containsText("bits changed");
        assertThat((int) page.evaluate("history.length")).isEqualTo(before + 1);
        // In the picture, the keys would choose a cell.
        page.evaluate("document.activeElement.blur()");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("]");
        assertThat(figure(tab, "step")).hasText("step 2 of 20");
        assertThat((int) page.evaluate("history.length")).isEqualTo(before + 1);
        page.goBack();
        assertThat(page.locator(".side .chip")).hasCount(0);
    }

    @Test
    void another_machine_and_another_sequence_are_gone_back_from() {
        Tab tab = browsing.open("view=machine&model=models/copy-ntm-lstm&at=length=10&seed=3");
        Page page = tab.page();
        assertThat(figure(tab, "Wrong bits")).hasText("0 of 80");
        page.keyboard().press("n");
        assertThat(page.locator("[data-field='seed']")).not().hasValue("3");
        page.locator("[data-field='model']").selectOption("models/copy-ntm-ff");
        assertThat(figure(tab, "Wrong bits")).hasText("0 of 160");
        page.goBack();
        assertThat(page.locator("[data-field='model']")).hasValue("models/copy-ntm-lstm");
        page.goBack();
        assertThat(page.locator("[data-field='seed']")).hasValue("3");
        assertThat(figure(tab, "Wrong bits")).hasText("0 of 80");
    }

    @Test
    void compare_opens_on_machines_that_differ() {
        Tab tab = browsing.open("view=compare");
        assertThat(tab.page().locator("[data-field='B']")).hasValue("models/copy-lstm");
        assertThat(figure(tab, "differs")).containsText("0 in A only");
        assertThat(figure(tab, "differs")).not().containsText("0 in B only");
    }
}
