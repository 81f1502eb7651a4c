package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.MouseButton;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A machine at work: looking at it, and interfering with it. */
final class MachineViewTest {
    private static final String COPY = "view=machine&model=models/copy-ntm-lstm&at=length=10";
    private static final Color WHITE = Color.WHITE;

    @RegisterExtension
    static final Browsing browsing = new Browsing(StudioSite::withoutRuns);

    private static Tab open(String view) {
        Tab tab = browsing.open(view);
        tab.waitUntil("document.documentElement.dataset.computed > 0");
        return tab;
    }

    /** Does something that makes the machine work again, and waits for what it does. */
    private static void recomputed(Tab tab, Runnable action) {
        Object before = tab.page().evaluate("document.documentElement.dataset.computed");
        action.run();
        tab.waitUntil("document.documentElement.dataset.computed > " + before);
    }

    private static Locator figure(Tab tab, String name) {
        return tab.page().locator("[data-figure='" + name + "']");
    }

    private static String track(String title) {
        return "[data-track='" + title + "'] canvas";
    }

    /** Clicks a cell of a heat map. */
    private static void click(Tab tab, String canvas, int column, int row, int columns, int rows) {
        var box = tab.page().locator(canvas).boundingBox();
        tab.page().mouse().click(box.x + box.width * (column + 0.5) / columns, box.y + box.height * (row + 0.5) / rows);
    }

    @Test
    void steps_are_gone_through_by_key_by_click_and_by_playing() {
        Tab tab = open(COPY);
        Page page = tab.page();
        assertThat(figure(tab, "step")).hasText("step 0 of 20");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        assertThat(figure(tab, "step")).hasText("step 2 of 20");
        page.keyboard().press("Shift+ArrowRight");
        assertThat(figure(tab, "step")).hasText("step 12 of 20");
        page.keyboard().press("End");
        assertThat(figure(tab, "step")).hasText("step 20 of 20");
        click(tab, track("Write 1: weighting"), 7, 3, 21, 12);
        assertThat(figure(tab, "step")).hasText("step 7 of 20");
        page.keyboard().press("Home");
        page.keyboard().press("Space");
        page.waitForCondition(() -> !figure(tab, "step").textContent().equals("step 0 of 20"));
        page.keyboard().press("Space");
        assertThat(page).hasURL(Pattern.compile("step=[1-9]"));
    }

    @Test
    void the_memory_after_a_step_differs_from_the_one_before_in_the_row_that_is_written() {
        Tab tab = open(COPY + "&step=4");
        BufferedImage change = tab.canvas(".memory-change canvas");
        int changed = 0;
        for (int row = 0; row < change.getHeight(); row++) {
            boolean any = false;
            for (int column = 0; column < change.getWidth(); column++) {
                any |= !new Color(change.getRGB(column, row)).equals(WHITE);
            }
            changed += any ? 1 : 0;
        }
        assertThat(change.getWidth()).isEqualTo(20);
        assertThat(changed).isEqualTo(1);
        tab.screenshot("machine-copy");
    }

    @Test
    void a_bit_that_is_painted_is_copied() {
        Tab tab = open(COPY);
        Color before = tab.colour(track("Output"), 11 + 3, 2);
        recomputed(tab, () -> click(tab, track("Input"), 3, 2, 21, 9));
        Color after = tab.colour(track("Output"), 11 + 3, 2);
        assertThat(before.equals(WHITE)).isNotEqualTo(after.equals(WHITE));
        assertThat(figure(tab, "Wrong bits")).hasText("0 of 80");
        recomputed(tab, () -> tab.page().locator("[data-action=unpaint]").click());
        assertThat(tab.colour(track("Output"), 11 + 3, 2)).isEqualTo(before);
        // The same by key.
        tab.page().locator(track("Input")).focus();
        for (String key : new String[] {"ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown"}) {
            tab.page().keyboard().press(key);
        }
        recomputed(tab, () -> tab.page().keyboard().press("Enter"));
        assertThat(tab.page()).hasURL(Pattern.compile("paint=3\\.2\\.[01]"));
    }

    @Test
    void length_rows_and_sequence_are_changed() {
        Tab tab = open(COPY);
        Page page = tab.page();
        recomputed(tab, () -> {
            page.locator("input[data-field=length]").fill("30");
            page.keyboard().press("Enter");
        });
        assertThat(figure(tab, "Steps")).hasText("61");
        recomputed(tab, () -> {
            page.locator("input[data-field=rows]").fill("40");
            page.keyboard().press("Enter");
        });
        assertThat(page).hasURL(Pattern.compile("rows=40"));
        String seed = page.locator("input[data-field=seed]").inputValue();
        recomputed(tab, () -> page.locator("[data-action=new]").click());
        assertThat(page.locator("input[data-field=seed]")).not().hasValue(seed);
        recomputed(tab, () -> page.locator("select[data-field=model]").selectOption("models/associative-recall-ntm-lstm"));
        assertThat(page.locator("input[data-field=items]")).hasValue("6");
    }

    @Test
    void a_handle_that_is_moved_changes_what_comes_after() {
        Tab tab = open(COPY + "&step=14&head=read 1");
        Page page = tab.page();
        page.locator("input[type=range][data-parameter=sharpening]").focus();
        recomputed(tab, () -> page.keyboard().press("ArrowRight"));
        assertThat(page.locator(".changes")).containsText("step 14: read 1, sharpening");
        // Looking at everything by content, the head loses its place.
        recomputed(tab, () -> {
            page.locator("input[type=number][data-parameter=gate]").fill("1");
            page.keyboard().press("Enter");
        });
        assertThat(figure(tab, "Wrong bits")).not().hasText("0 of 80");
        assertThat(figure(tab, "Undisturbed")).hasText("0 wrong");
        page.locator("[data-field=difference]").check();
        assertThat(page.locator(".memory-card")).containsText("less the undisturbed one");
        tab.screenshot("machine-handle");
        recomputed(tab, () -> page.locator("[data-action=undo-all]").click());
        assertThat(figure(tab, "Wrong bits")).hasText("0 of 80");
    }

    @Test
    void the_shift_is_dragged() {
        Tab tab = open(COPY + "&step=15&head=read 1");
        var box = tab.page().locator(".shift .bars canvas").boundingBox();
        recomputed(tab, () -> tab.page().mouse().click(box.x + box.width / 6, box.y + 2));
        assertThat(tab.page().locator(".changes")).containsText("step 15: read 1, shift");
        assertThat(figure(tab, "Wrong bits")).not().hasText("0 of 80");
    }

    @Test
    void rows_are_erased_and_swapped_cells_painted_heads_frozen_and_noise_added() {
        Tab tab = open(COPY + "&step=11");
        Page page = tab.page();
        Locator changes = page.locator(".changes");
        page.locator("[data-tool=erase]").click();
        recomputed(tab, () -> click(tab, ".memory-now canvas", 3, 5, 20, 25));
        assertThat(changes).containsText(Pattern.compile("step 11: row \\d+ erased"));
        page.locator("[data-tool=paint]").click();
        recomputed(tab, () -> click(tab, ".memory-now canvas", 4, 6, 20, 25));
        assertThat(changes).containsText(Pattern.compile("step 11: row \\d+, column 4 set to 1"));
        page.locator("[data-tool=swap]").click();
        click(tab, ".memory-now canvas", 1, 3, 20, 25);
        recomputed(tab, () -> click(tab, ".memory-now canvas", 1, 8, 20, 25));
        assertThat(changes).containsText(Pattern.compile("step 11: rows \\d+ and \\d+ swapped"));
        recomputed(tab, () -> page.locator("[data-tool=noise]").click());
        assertThat(changes).containsText("step 11: noise of ±1");
        recomputed(tab, () -> page.locator("[data-action=freeze]").click());
        assertThat(changes).containsText("steps 11 to 20: write 1 frozen");
        assertThat(figure(tab, "Wrong bits")).not().hasText("0 of 80");
        tab.screenshot("machine-interventions");
        // What was done is in the address, so that it can be gone back to.
        Tab again = open(page.url().substring(page.url().indexOf('#') + 1));
        assertThat(figure(again, "Wrong bits")).hasText(figure(tab, "Wrong bits").textContent());
    }

    @Test
    void it_says_what_the_machine_does_and_how_it_is() {
        Tab tab = open(COPY);
        tab.page().locator("[data-panel=words]").click();
        assertThat(figure(tab, "verdict").first()).hasText(Pattern.compile("a clear programme, and none of \\d+ bits is wrong"));
        assertThat(tab.page().locator(".words")).containsText("moving +1 each step");
        tab.screenshot("machine-words");
        tab.page().locator("[data-panel=health]").focus();
        tab.page().keyboard().press("Enter");
        assertThat(tab.page().locator(".health li.good").first()).isVisible();
    }

    @Test
    void a_picture_and_a_page_are_taken_along(@TempDir Path folder) throws Exception {
        Tab tab = open(COPY);
        Page page = tab.page();
        page.locator(track("Write 1: weighting")).click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
        String svg = Files.readString(saved(page, folder, 0));
        assertThat(svg).startsWith("<svg").contains("Write 1: weighting: copy-ntm-lstm, length 10");
        page.locator(track("Output")).click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
        byte[] png = Files.readAllBytes(saved(page, folder, 1));
        assertThat(png).startsWith(0x89, 'P', 'N', 'G');
        page.locator("[data-action=share]").click();
        Path html = saved(page, folder, 1);
        try (var alone = page.context().browser().newContext()) {
            Page offline = alone.newPage();
            offline.navigate(html.toUri().toString());
            assertThat(offline.locator("h2").first()).hasText("copy-ntm-lstm, length 10");
            offline.keyboard().press("ArrowRight");
            assertThat(offline.locator(".number").first()).hasText("step 1 of 20");
            offline.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", "offline.png")));
        }
    }

    private static Path saved(Page page, Path folder, int choice) {
        Download download = page.waitForDownload(() -> page.locator(".menu button").nth(choice).click());
        Path file = folder.resolve(download.suggestedFilename());
        download.saveAs(file);
        return file;
    }

    @Test
    void a_machine_is_opened_by_dropping_its_file() throws Exception {
        Tab tab = open(COPY);
        Path file = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("models").resolve("copy-ntm-ff.safetensors");
        String content = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        tab.page().evaluate(
                """
                content => {
                  const bytes = Uint8Array.from(atob(content), c => c.charCodeAt(0));
                  const data = new DataTransfer();
                  data.items.add(new File([bytes], "of mine.safetensors"));
                  dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
                }
                """,
                content);
        assertThat(tab.page().locator("select[data-field=model]")).hasValue("dropped/of-mine");
        assertThat(figure(tab, "Wrong bits")).hasText("0 of 160");
    }

    @Test
    void a_machine_without_a_memory_is_shown_without_one() {
        Tab tab = open("view=machine&model=models/priority-sort-lstm");
        assertThat(tab.page().locator(".memory-card")).isHidden();
        assertThat(tab.page().locator(".words")).containsText("no memory");
    }
}
