package io.github.ntm4j.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More runs than there is room for, and runs with names that are not plain. */
final class ManyRunsTest {
    private static final int MANY = 1500;

    @RegisterExtension
    static final Browsing browsing = new Browsing(ManyRunsTest::site);

    private static StudioSite site() {
        StudioSite site = StudioSite.withoutRuns();
        for (String name : new String[] {"für später", "mit Leerzeichen 2", "学習-1", "a;b 50%"}) {
            SampleRuns.write(site.runs().resolve(name), name.length(), 20);
        }
        return site;
    }

    private static Locator row(Page page, String run) {
        return page.locator("[data-run='" + run + "']");
    }

    @ParameterizedTest
    @ValueSource(strings = {"für später", "mit Leerzeichen 2", "学習-1", "a;b 50%"})
    void a_run_of_any_name_is_listed_chosen_and_kept_in_the_address(String name) {
        Tab tab = browsing.open("view=runs");
        Page page = tab.page();
        row(page, "runs/" + name).click();
        assertThat(page.locator(".run-controls h2")).hasText(name);
        assertThat(page.locator(".curve-bits .readout")).containsText("training");
        assertThat(page).hasTitle(name + " – Runs – ntm4j studio");
        page.reload();
        assertThat(page.locator(".run-controls h2")).hasText(name);
        assertThat(page.locator(".curve-bits .readout")).containsText("training");
    }

    /** The page's share of it: how fast the studio makes the list is for its own tests to say. */
    @Test
    void fifteen_hundred_runs_are_listed_in_two_seconds_and_searched() {
        Tab tab = browsing.open("view=machine");
        Page page = tab.page();
        page.locator("[data-figure='Wrong bits']").waitFor();
        page.evaluate(
                """
                many => {
                  const sketch = Array.from({ length: 64 }, (_, i) => [(i + 1) * 100, 80 / (i + 1)]);
                  const runs = JSON.stringify({ runs: Array.from({ length: many }, (_, i) => ({
                    id: `runs/run-${String(i).padStart(4, "0")}`, group: `run-${i}`, task: "copy", machine: "ntm-lstm", seed: i, learning_rate: 4e-4,
                    budget: 100000, state: "finished", outcome: "solved", sequences: 9000, seconds: 6.6, solved_at: 9000, written: 1.7e9 + i,
                    controllable: false, resumable: false, best: true, last: true, film: false, sketch,
                  })) });
                  const metrics = JSON.stringify({ run: "x", sequences: 100, seconds: 1, train: [[100, 83.4, 39.1, 4e-4, 9.7, 0.25, 0]], evaluation: [],
                    solved: null, relapses: [], plateaus: [], outcome: null });
                  const real = fetch;
                  window.fetch = (path, options) => /^.api.(runs|metrics)/.test(path)
                    ? Promise.resolve(new Response(path.startsWith("/api/runs") ? runs : metrics))
                    : real(path, options);
                }
                """,
                MANY);
        double took = ((Number) page.evaluate(
                        """
                        () => new Promise(done => {
                          const began = performance.now();
                          location.hash = "view=runs";
                          const look = () => document.querySelector("[data-run='runs/run-1499']") ? done(performance.now() - began) : requestAnimationFrame(look);
                          look();
                        })
                        """))
                .doubleValue();
        System.err.printf("%d runs are on the page after %.0f ms%n", MANY, took);
        assertThat(took).as("milliseconds").isLessThan(2000);
        assertThat(page.locator("[data-figure='runs']")).hasText("1,500");
        assertThat((int) page.evaluate("document.querySelectorAll('.run-row').length")).as("rows that are laid").isLessThan(400);
        // The rest comes as one gets there.
        row(page, "runs/run-1499").focus();
        page.keyboard().press("End");
        assertThat(row(page, "runs/run-0000")).isFocused();

        page.locator("[data-field='find']").fill("run-07 solved");
        assertThat(page.locator("[data-figure='runs']")).hasText("100 of 1,500");
        assertThat(row(page, "runs/run-0742")).isVisible();
        assertThat(row(page, "runs/run-0842")).hasCount(0);
        tab.screenshot("runs-many");
        page.locator("[data-field='find']").fill("no such run");
        assertThat(page.locator(".run-list")).containsText("No run");
        page.locator("[data-field='find']").fill("");
        assertThat(row(page, "runs/run-1499")).isVisible();
    }
}
