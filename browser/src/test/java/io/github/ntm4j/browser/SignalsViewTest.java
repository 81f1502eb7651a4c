package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Machines that the page has never heard of: what it draws and lets be set follows from the signals that they declare. */
final class SignalsViewTest {
    private static final int STEPS = 7;
    private static final int ROWS = 16;

    @RegisterExtension
    static final Browsing browsing = new Browsing(StudioSite::withoutRuns);

    /** Questions that the page has asked. */
    private final List<String> asked = new ArrayList<>();

    /** A queue: two pointers over cells. */
    private static Wire queue() {
        String pointer = ",\"over\":\"cells\"";
        String move = ",\"labels\":[\"back\",\"stay\",\"on\"],\"settable\":true";
        return new Wire(STEPS)
                .store("cells", ROWS, 4, "", (t, i) -> i / 4 <= t ? 0.8 : 0)
                .signal("back", "pointer", "weighting", ROWS, 0, 1, pointer + ",\"use\":\"write\"", Wire.on(t -> t + 1))
                .signal("back", "move", "distribution", 3, 0, 1e6, move, Wire.on(t -> 2))
                .signal("back", "sharpening", "number", 1, 1, 1e6, ",\"settable\":true,\"detail\":true", Wire.all(t -> 2 + t))
                .signal("back", "add", "vector", 4, -1, 1, ",\"settable\":true", (t, i) -> (i - 1.5) / 2)
                .signal("front", "pointer", "weighting", ROWS, 0, 1, pointer + ",\"use\":\"read\"", Wire.on(t -> 0))
                .signal("front", "move", "distribution", 3, 0, 1e6, move, Wire.on(t -> 1))
                .signal("front", "read", "vector", 4, -1, 1, "", (t, i) -> 0.5)
                .signal("clock", "phase", "number", 1, 0, 1, "", Wire.all(t -> t / 10.0));
    }

    /** A machine with links, whose head follows them. */
    private static Wire linked() {
        String over = ",\"over\":\"memory\"";
        String stage = over + ",\"detail\":true,\"role\":";
        String told = ",\"settable\":true,\"detail\":true,\"role\":";
        return new Wire(STEPS)
                .store("memory", ROWS, 4, "", (t, i) -> i / 4 <= t ? 0.8 : 0)
                .store("link", ROWS, ROWS, over + ",\"role\":\"link\"", (t, i) -> i / ROWS == i % ROWS + 1 && i / ROWS <= t ? 0.9 : i == 3 * ROWS + 8 ? 0.4 : 0)
                .signal("memory", "usage", "weighting", ROWS, 0, 1, over + ",\"role\":\"usage\"", (t, i) -> i <= t ? 1 : 0)
                .signal("write 1", "key", "vector", 4, -1e6, 1e6, told + "\"key\"", (t, i) -> i / 4.0)
                .signal("write 1", "strength", "number", 1, 0, 1e6, told + "\"strength\"", Wire.all(t -> 3))
                .signal("write 1", "content", "weighting", ROWS, 0, 1, stage + "\"content\"", Wire.on(t -> 0))
                .signal("write 1", "allocation", "weighting", ROWS, 0, 1, stage + "\"allocation\"", Wire.on(t -> t))
                .signal("write 1", "allocation gate", "number", 1, 0, 1, told + "\"allocation_gate\"", Wire.all(t -> 0.9))
                .signal("write 1", "gate", "number", 1, 0, 1, told + "\"write_gate\"", Wire.all(t -> 0.9))
                .signal("write 1", "weighting", "weighting", ROWS, 0, 1, over + ",\"use\":\"write\"", Wire.on(t -> t))
                .signal("write 1", "precedence", "weighting", ROWS, 0, 1, stage + "\"precedence\"", Wire.on(t -> t))
                .signal("read 1", "key", "vector", 4, -1e6, 1e6, told + "\"key\"", (t, i) -> i / 4.0)
                .signal("read 1", "strength", "number", 1, 0, 1e6, told + "\"strength\"", Wire.all(t -> 3))
                .signal("read 1", "content", "weighting", ROWS, 0, 1, stage + "\"content\"", Wire.on(t -> 0))
                .signal("read 1", "backward", "weighting", ROWS, 0, 1, stage + "\"backward\"", Wire.on(t -> Math.max(0, t - 2)))
                .signal("read 1", "forward", "weighting", ROWS, 0, 1, stage + "\"forward\"", Wire.on(t -> t))
                .signal("read 1", "mode", "distribution", 3, 0, 1e6, told + "\"mode\",\"labels\":[\"backward\",\"content\",\"forward\"]", Wire.on(t -> 2))
                .signal("read 1", "weighting", "weighting", ROWS, 0, 1, over + ",\"use\":\"read\"", Wire.on(t -> t));
    }

    private Tab open(Wire wire, String view, ColorScheme scheme) {
        Tab tab = browsing.open("", scheme);
        tab.waitUntil("document.documentElement.dataset.computed > 0");
        byte[] bytes = wire.bytes();
        tab.page().route("**/api/trace", route -> {
            asked.add(route.request().postData());
            route.fulfill(new Route.FulfillOptions().setContentType("application/octet-stream").setBodyBytes(bytes));
        });
        tab.go("view=machine&model=models/copy-ntm-lstm" + view);
        tab.waitUntil("document.documentElement.dataset.computed > 0");
        return tab;
    }

    /** The question with an intervention that follows; beside it the page may ask for the undisturbed run. */
    private String askedBy(Tab tab, Runnable action) {
        asked.clear();
        action.run();
        tab.page().waitForCondition(() -> asked.stream().anyMatch(question -> question.contains("\"kind\"")));
        return asked.stream().filter(question -> question.contains("\"kind\"")).reduce((one, later) -> later).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(value = ColorScheme.class, names = {"LIGHT", "DARK"})
    void every_signal_has_its_track_and_every_store_its_panel(ColorScheme scheme) {
        Tab tab = open(queue(), "&step=3", scheme);
        Page page = tab.page();
        assertThat(page.locator("[data-track]").evaluateAll("all => all.map(each => each.dataset.track)").toString())
                .isEqualTo("[Input, Target, Output, Error, Back: move, Back: add, Back: pointer, Front: move, Front: read, Front: pointer, Clock: phase]");
        assertThat(page.locator(".memory-card h2")).hasText("Cells");
        assertThat(tab.canvas(".memory-now canvas").getWidth()).isEqualTo(4);
        assertThat(page.locator(".panel-tabs button")).hasText(new String[] {"In words", "Health", "Signals"});
        assertThat(page.locator("[data-signal]")).hasCount(4);
        assertThat(page.locator("[data-signal='back/pointer'] canvas")).hasAttribute("aria-label", Pattern.compile("Pointer: 12 values, the greatest 1 at 4.*"));
        tab.screenshot("signals-queue-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
        page.keyboard().press("]");
        page.keyboard().press("]");
        assertThat(page.locator("[data-signal='clock/phase'] .number")).hasText("0.30");
        assertThat(page.locator("[data-action=freeze]")).isHidden();
    }

    @Test
    void what_may_be_set_has_a_handle_and_can_be_held() {
        Tab tab = open(queue(), "&step=3&head=back&panel=signals", ColorScheme.LIGHT);
        Page page = tab.page();
        assertThat(askedBy(tab, () -> {
            page.locator("input[type=number][data-parameter=sharpening]").fill("0");
            page.keyboard().press("Enter");
        })).contains("{\"kind\":\"set\",\"step\":3,\"signal\":\"back/sharpening\",\"values\":[1]}");
        var box = page.locator("[data-signal='back/move'] .bars canvas").boundingBox();
        assertThat(askedBy(tab, () -> page.mouse().click(box.x + box.width / 6, box.y + 1))).contains("\"signal\":\"back/move\",\"values\":[");
        page.locator("[data-signal='back/add'] canvas").focus();
        assertThat(askedBy(tab, () -> page.keyboard().press("ArrowUp"))).contains("\"signal\":\"back/add\",\"values\":[-0.65,-0.25,0.25,0.75]");
        assertThat(askedBy(tab, () -> page.locator("[data-hold='back/pointer']").click()))
                .contains("{\"kind\":\"hold\",\"from\":3,\"to\":6,\"signal\":\"back/pointer\"}");
        assertThat(page.locator(".changes")).containsText("steps 3 to 6: back frozen");
        assertThat(askedBy(tab, () -> page.locator("[data-hold='back/add']").click())).contains("\"signal\":\"back/add\"}");
        assertThat(page.locator(".changes")).containsText("steps 3 to 6: back, add held");
        page.locator("[data-tool=erase]").click();
        Locator cells = page.locator(".memory-now canvas");
        assertThat(askedBy(tab, () -> cells.click())).containsPattern("\\{\"kind\":\"erase-row\",\"step\":3,\"row\":\\d+\\}");
    }

    @ParameterizedTest
    @EnumSource(value = ColorScheme.class, names = {"LIGHT", "DARK"})
    void a_head_that_goes_by_links_is_looked_at_closely(ColorScheme scheme) {
        Tab tab = open(linked(), "&step=5&head=read 1", scheme);
        Page page = tab.page();
        assertThat(page.locator(".panel-tabs button").first()).hasText("Addressing");
        assertThat(page.locator("[data-stage]").evaluateAll("all => all.map(each => each.dataset.stage)").toString())
                .isEqualTo("[key, strength, content, backward, forward, mode, weighting]");
        assertThat(page.locator("[data-arrows=link] .arc")).hasCount(6);
        assertThat(page.locator("[data-arrows=link] svg"))
                .hasAttribute("aria-label", Pattern.compile("Link after step 5: row . to row .: 0.90.*and 1 more"));
        page.locator("[data-stage=mode] .bars canvas").scrollIntoViewIfNeeded();
        var box = page.locator("[data-stage=mode] .bars canvas").boundingBox();
        assertThat(askedBy(tab, () -> page.mouse().click(box.x + box.width / 6, box.y + 1))).contains("\"signal\":\"read 1/mode\",\"values\":[");
        page.locator("[data-arrows=link]").scrollIntoViewIfNeeded();
        tab.screenshot("lens-links-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
        page.keyboard().press("[");
        assertThat(page.locator("[data-stage=allocation]")).isVisible();
        assertThat(page.locator("[data-stage]").evaluateAll("all => all.map(each => each.dataset.stage)").toString())
                .isEqualTo("[key, strength, content, usage, allocation, allocation gate, gate, weighting, precedence]");
    }

    @Test
    void the_ways_from_where_a_head_is_are_told_from_the_others() {
        Tab tab = open(linked(), "&step=4&head=read 1", ColorScheme.LIGHT);
        Locator ways = tab.page().locator("[data-arrows=link] .arc.way");
        // To row 4, where the head is; row 5 was not written yet.
        assertThat(ways).hasCount(1);
        assertThat(tab.page().locator("[data-arrows=link] .look")).hasCount(1);
        ways.dispatchEvent("pointermove");
        assertThat(tab.page().locator(".status")).containsText("Link, row 3 to row 4: 0.90");
    }

    @Test
    void numbers_far_beyond_the_usual_scale_get_one_of_their_own_that_is_said() {
        Wire loud = new Wire(STEPS)
                .store("memory", ROWS, 4, "", (t, i) -> i % 2 == 0 ? 4 : -0.5)
                .signal("write 1", "add", "vector", 4, -1e6, 1e6, "", (t, i) -> i == 0 && t == 0 ? 40 : 0.5)
                .signal("read 1", "read", "vector", 4, -1e6, 1e6, "", (t, i) -> 15 * (i - 1.5))
                .signal("read 1", "weighting", "weighting", ROWS, 0, 1, ",\"over\":\"memory\",\"use\":\"read\"", Wire.on(t -> t));
        Tab tab = open(loud, "&step=3&head=read 1&panel=signals", ColorScheme.LIGHT);
        Page page = tab.page();
        assertThat(page.locator(".memory-card")).containsText("after this step, scale \u00b15");
        assertThat(page.locator("[data-track='Read 1: read'] .track-label")).hasText("Read 1: read \u00b150");
        // One number in 28 may be beyond.
        assertThat(page.locator("[data-track='Write 1: add'] .track-label")).hasText("Write 1: add");
        assertThat(tab.colour(".memory-now canvas", 0, 0)).isNotEqualTo(tab.colour(".memory-now canvas", 1, 0));
    }

    @Test
    void a_store_of_rows_by_rows_is_square_and_is_changed_under_its_name() {
        Tab tab = open(linked(), "&step=5&allrows=1", ColorScheme.LIGHT);
        Page page = tab.page();
        assertThat(page.locator(".memory-card h2")).hasText(new String[] {"Memory", "Link"});
        assertThat(tab.canvas("[data-store=link] .memory-now canvas").getWidth()).isEqualTo(ROWS);
        page.locator("[data-store=link] [data-tool=paint]").click();
        page.locator("[data-store=link] .memory-now canvas").scrollIntoViewIfNeeded();
        var box = page.locator("[data-store=link] .memory-now canvas").boundingBox();
        assertThat(askedBy(tab, () -> page.mouse().click(box.x + box.width * 2.5 / ROWS, box.y + box.height * 4.5 / ROWS)))
                .contains("{\"kind\":\"cell\",\"step\":5,\"row\":4,\"column\":2,\"value\":1,\"store\":\"link\"}");
        assertThat(page.locator(".changes")).containsText("step 5: link, row 4, column 2 set to 1");
    }
}
