package io.github.ntm4j.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What axe-core finds in the views. It is not part of the build, as it comes from npm: {@code .ci/run} loads it, and names its
 * {@code axe.min.js} in the environment variable {@code AXE_CORE}. Without that the tests are skipped, which they say.
 */
final class AccessibilityTest {
    private static final String VARIABLE = "AXE_CORE";

    @RegisterExtension
    static final Browsing browsing = new Browsing(() -> SampleRuns.into(StudioSite.withoutRuns()));

    private static String axe = "";

    @BeforeAll
    static void load() throws IOException {
        String place = System.getenv(VARIABLE);
        if (place == null || place.isEmpty()) {
            System.err.println("AccessibilityTest is skipped: " + VARIABLE + " does not name axe.min.js of axe-core, see .ci/run");
            Assumptions.abort(VARIABLE + " is not set");
        }
        axe = Files.readString(Path.of(place));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "view=machine&at=length=10",
        "view=machine&at=length=10&panel=words&step=4",
        "view=machine&at=length=10&panel=signals&step=4",
        "view=machine&at=length=40&rows=32&panel=health",
        "view=machine&model=models/copy-dnc&at=length=10&head=read 1&step=15",
        "view=machine&model=models/gone",
        "view=runs&runs=runs/curve-seed1",
        "view=runs&runs=runs/curve-seed1;runs/curve-seed2",
        "view=runs&runs=runs/gone",
        "view=map&x=length:5-40/5&n=2",
        "view=map&model=models/gone",
        "view=film&run=runs/filmed&at=length=8",
        "view=film&run=runs/gone",
        "view=compare",
        "view=compare&other=models/repeat-copy-ntm-lstm",
    })
    void nothing_serious_is_found(String view) {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            Tab tab = browsing.open(view, scheme);
            Page page = tab.page();
            tab.waitUntil("document.documentElement.dataset.ready === 'true' && document.querySelector('main').childElementCount > 0");
            tab.waitUntil("!document.querySelector('[aria-busy=true]')");
            page.waitForTimeout(1200);
            page.evaluate(axe + "\n;0");
            for (int width : new int[] {1280, 390}) {
                page.setViewportSize(width, 800);
                page.waitForTimeout(300);
                Object found = page.evaluate(
                        """
                        () => axe.run(document, { resultTypes: ["violations"] }).then(result => result.violations
                          .filter(each => each.impact === "serious" || each.impact === "critical")
                          .map(each => each.impact + " " + each.id + ": " + each.nodes.slice(0, 3).map(node => node.target.join(" ")).join(", ")))
                        """);
                assertThat((List<?>) found).as("%s, %s, %d wide", view, scheme, width).isEmpty();
            }
            tab.takeFaults();
        }
    }
}
