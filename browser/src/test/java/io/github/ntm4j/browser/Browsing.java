package io.github.ntm4j.browser;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives the tests of a class a server and tabs of the one Chromium that all classes share. To be registered once a
 * class:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final Browsing browsing = new Browsing(StudioSite::withoutRuns);
 *
 * @Test
 * void the_memory_is_drawn() {
 *     Tab tab = browsing.open("view=machine&model=models/copy-ntm-lstm");
 * }
 * }</pre>
 *
 * <p>Each tab has cookies and storage of its own, and is closed after its test, which fails when the page had faults
 * that the test did not take. A test that fails leaves a picture of each of its tabs.
 */
final class Browsing implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final Supplier<? extends Site> start;
    private final List<Tab> tabs = new ArrayList<>();
    private @Nullable Chromium chromium;
    private @Nullable Site site;
    private int failures;

    /** @param start starts the server, once before the tests of the class */
    Browsing(Supplier<? extends Site> start) {
        this.start = start;
    }

    /** A tab on a light screen, with the page at this view: what follows the # of its address, or "". */
    Tab open(String view) {
        return open(view, ColorScheme.LIGHT);
    }

    Tab open(String view, ColorScheme scheme) {
        if (chromium == null || site == null) {
            throw new IllegalStateException("tabs are for tests: annotate the field of this class, which is static,"
                    + " with @RegisterExtension");
        }
        Tab tab = new Tab(chromium.browser(), site.address(), scheme);
        tabs.add(tab);
        tab.go(view);
        return tab;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // The store of the whole test run closes what it keeps when the last class is through.
        chromium = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Chromium.class))
                .computeIfAbsent(Chromium.class, _ -> Chromium.start(), Chromium.class);
        site = start.get();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            closeTabs(null);
        } else {
            // Numbered, as the cases of a parameterised test have one name.
            failures++;
            closeTabs("failed-" + context.getRequiredTestClass().getSimpleName() + "."
                    + context.getRequiredTestMethod().getName() + "-" + failures);
        }
    }

    /**
     * Closes the tabs of a test, and fails if there are faults left.
     *
     * @param pictures the beginning of the names of pictures to take before, or null for none
     */
    void closeTabs(@Nullable String pictures) {
        List<String> faults = new ArrayList<>();
        for (Tab tab : tabs) {
            try (tab) {
                faults.addAll(tab.takeFaults());
                if (pictures != null) {
                    tab.screenshot(pictures + "-" + tabs.indexOf(tab));
                }
            } catch (PlaywrightException e) {
                faults.add("the page does not answer: " + e.getMessage());
            }
        }
        tabs.clear();
        if (!faults.isEmpty()) {
            throw new AssertionError("faults of the page:\n  " + String.join("\n  ", faults));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (site != null) {
            site.close();
        }
    }
}
