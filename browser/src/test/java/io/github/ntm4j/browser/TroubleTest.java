package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page shows when there is no answer, or none yet: never an old one as if it were new. */
final class TroubleTest {
    private static final String API = "**/api/**";

    @RegisterExtension
    static final Browsing browsing = new Browsing(TroubleTest::site);

    private static StudioSite site() {
        return SampleRuns.into(StudioSite.withoutRuns());
    }

    private static Locator card(Tab tab) {
        return tab.page().locator(".obstacle:visible");
    }

    private static Locator results(Tab tab) {
        return tab.page().locator(".result:visible");
    }

    /** Goes where a link on the page would lead, without loading it anew. */
    private static void turn(Tab tab, String view) {
        tab.page().evaluate("view => { location.hash = view; }", view);
    }

    private static void forgetFaults(Tab tab) {
        assertThat(tab.takeFaults()).allMatch(fault -> fault.contains("Failed to load resource"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "view=machine&model=models/copy-ntm-lstm&at=length=5 | view=machine&model=models/gone | models/gone",
                "view=machine&model=models/copy-ntm-lstm&at=length=5 | view=machine&model=models/copy-ntm-lstm&at=length=900000 | steps",
                "view=map&model=models/copy-ntm-lstm&x=length:1-3&n=1 | view=map&model=models/gone | models/gone",
                "view=map&model=models/copy-ntm-lstm&x=length:1-3&n=1 | view=map&model=models/copy-ntm-lstm&x=length:900000-900001&n=100 | steps",
                "view=film&run=runs/filmed&at=length=5 | view=film&run=runs/gone | runs/gone",
                "view=compare&at=length=5 | view=compare&model=models/gone | models/gone",
                "view=compare&at=length=5 | view=compare&model=models/copy-ntm-lstm&other=models/repeat-copy-ntm-lstm | no sequence in common",
            })
    void nothing_of_the_last_result_stays_after_a_refusal(String good, String refused, String said) {
        Tab tab = browsing.open(good);
        assertThat(results(tab).first()).isVisible();
        assertThat(card(tab)).hasCount(0);
        tab.waitUntil("document.querySelectorAll('canvas').length > 0");
        turn(tab, refused);
        assertThat(card(tab)).containsText(said);
        assertThat(card(tab)).hasAttribute("role", "alert");
        assertThat(results(tab)).hasCount(0);
        assertThat(card(tab).locator("button").first()).isVisible();
        tab.screenshot("trouble-" + good.replaceAll("\\W.*", "") + "-" + Math.abs(refused.hashCode() % 1000));
        turn(tab, good);
        assertThat(card(tab)).hasCount(0);
        assertThat(results(tab).first()).isVisible();
        forgetFaults(tab);
    }

    @Test
    void a_run_that_is_not_there_is_named() {
        Tab tab = browsing.open("view=runs&runs=runs/curve-seed1");
        assertThat(tab.page().locator(".curve-bits .readout")).containsText("training");
        turn(tab, "view=runs&runs=runs/gone");
        assertThat(card(tab)).containsText("runs/gone");
        assertThat(tab.page().locator(".curves")).isHidden();
        assertThat(tab.page().locator(".run-controls")).isHidden();
        card(tab).locator("button").first().click();
        assertThat(tab.page().locator(".curves")).isVisible();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "view=machine&at=length=5 | view=machine&at=length=6",
                "view=map&x=length:1-3&n=1 | view=map&x=length:1-4&n=1",
                "view=film&run=runs/filmed&at=length=5 | view=film&run=runs/filmed&at=length=6",
                "view=compare&at=length=5 | view=compare&at=length=6",
                "view=film&run=runs/filmed&at=length=5 | view=runs",
            })
    void a_lost_studio_is_said_and_found_again(String good, String next) {
        Tab tab = browsing.open(good);
        assertThat(results(tab).first()).isVisible();
        tab.waitUntil("document.querySelectorAll('canvas').length > 0");
        Page page = tab.page();
        page.route(API, Route::abort);
        turn(tab, next);
        assertThat(card(tab)).containsText("The studio does not answer");
        assertThat(results(tab)).hasCount(0);
        page.unroute(API);
        card(tab).locator("button").first().click();
        assertThat(card(tab)).hasCount(0);
        assertThat(results(tab).first()).isVisible();
        forgetFaults(tab);
    }

    @Test
    void a_studio_that_is_lost_at_the_beginning_is_looked_for_again() {
        Tab tab = browsing.open("view=machine");
        tab.page().route("**/api/info", Route::abort);
        tab.page().reload();
        assertThat(card(tab)).containsText("The studio does not answer");
        tab.page().unroute("**/api/info");
        // By itself, too; it looks every three seconds.
        assertThat(tab.page().locator("[data-figure='Wrong bits']")).hasText("0 of 160", new LocatorAssertions.HasTextOptions().setTimeout(20_000));
        forgetFaults(tab);
    }

    @Test
    void an_answer_that_comes_late_is_not_drawn() {
        Tab tab = browsing.open("view=machine&model=models/copy-ntm-lstm&at=length=5");
        Page page = tab.page();
        assertThat(page.locator("[data-figure='Wrong bits']")).hasText("0 of 40");
        page.evaluate(
                """
                () => {
                  const real = fetch;
                  let asked = 0;
                  window.fetch = (path, options) => String(path).includes("/api/trace") && asked++ === 0
                    ? new Promise(done => setTimeout(() => done(real(path, { ...options, signal: undefined })), 1500))
                    : real(path, options);
                }
                """);
        turn(tab, "view=machine&model=models/copy-ntm-lstm&at=length=6");
        turn(tab, "view=machine&model=models/copy-ntm-lstm&at=length=7");
        assertThat(page.locator("[data-figure='Wrong bits']")).hasText("0 of 56");
        page.waitForTimeout(2500);
        assertThat(page.locator("[data-figure='Wrong bits']")).hasText("0 of 56");
        assertThat(page.locator("[data-figure='step']")).hasText(Pattern.compile("step 0 of 14"));
    }

    @Test
    void what_takes_long_is_said_and_what_does_not_is_not() {
        Tab tab = browsing.open("view=machine&model=models/copy-ntm-lstm&at=length=5", ColorScheme.DARK);
        Page page = tab.page();
        assertThat(page.locator("[data-figure='Wrong bits']")).hasText("0 of 40");
        Locator waiting = page.locator(".waiting");
        assertThat(waiting).hasAttribute("role", "status");
        assertThat(waiting).hasText("");
        page.evaluate("() => { const real = fetch; window.fetch = async (...a) => { await new Promise(d => setTimeout(d, 1500)); return real(...a); }; }");
        turn(tab, "view=machine&model=models/copy-ntm-lstm&at=length=6");
        assertThat(waiting).hasText("The machine is at work…");
        assertThat(page.locator("main")).hasAttribute("aria-busy", "true");
        tab.screenshot("waiting");
        assertThat(page.locator("[data-figure='Wrong bits']")).hasText("0 of 48");
        assertThat(waiting).hasText("");
        assertThat(page.locator("main")).not().hasAttribute("aria-busy", "true");
    }

    @Test
    void a_message_stays_long_enough_waits_for_who_reads_it_and_can_be_dismissed() {
        Tab tab = browsing.open("view=machine");
        Page page = tab.page();
        page.locator("[data-figure='Wrong bits']").waitFor();
        AtomicInteger messages = new AtomicInteger();
        Runnable drop = () -> page.evaluate(
                """
                name => {
                  const data = new DataTransfer();
                  data.items.add(new File(["x"], name));
                  dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
                }
                """,
                "no machine " + messages.incrementAndGet());
        drop.run();
        Locator message = page.locator(".message");
        assertThat(message).containsText("expected a .safetensors file");
        page.waitForTimeout(6500);
        assertThat(message).hasCount(1);
        tab.screenshot("message");
        page.locator("[data-action='dismiss']").click();
        assertThat(message).hasCount(0);
    }
}
