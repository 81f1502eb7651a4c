package io.github.ntm4j.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Measures how fast the studio is, in a real browser: {@code docs/studio.md} has the command and the figures. Each figure is a median, with
 * the least and the most. It is no test, and its name keeps it from being run as one unless somebody asks.
 */
final class Figures {
    private static final int REPEATS = 9;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void measure() throws IOException, InterruptedException {
        try (Chromium chromium = Chromium.start()) {
            print("from ./ntm studio to a usable page, ms", starts(chromium.browser()));
            try (StudioSite site = StudioSite.withoutRuns();
                    Tab tab = new Tab(chromium.browser(), site.address(), ColorScheme.LIGHT)) {
                print("frames a second, scrubbing 241 steps of a 128 x 20 memory", scrubs(tab));
                print("a handle moved, recomputed and drawn, length 20, ms", handles(tab));
            }
            try (StudioSite site = StudioSite.withoutRuns();
                    Tab tab = new Tab(chromium.browser(), site.address(), ColorScheme.LIGHT)) {
                day(tab, site.runs());
            }
        }
    }

    /** A day of a training's reports, five a second, in little more than a minute: what they do to the page. */
    private static void day(Tab tab, Path runs) throws IOException, InterruptedException {
        Path run = Files.createDirectory(runs.resolve("day"));
        Files.writeString(run.resolve("config.yaml"), "seed: 1\ntask:\n  name: copy\n");
        Path metrics = run.resolve("metrics.jsonl");
        Files.writeString(metrics, report(1));
        tab.go("view=runs");
        tab.page().getByText("day", new Page.GetByTextOptions().setExact(true)).first().click();
        int parts = 150;
        int each = 5 * 24 * 3600 / parts;
        double[] heap = new double[parts];
        for (int part = 0; part < parts; part++) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < each; i++) {
                lines.append(report(2L + (long) part * each + i));
            }
            Files.writeString(metrics, lines, StandardOpenOption.APPEND);
            Thread.sleep(400);
            heap[part] = heap(tab);
        }
        System.out.printf(
                Locale.ROOT,
                "%-62s %8.1f after a tenth, %.1f at the end%n",
                "memory of the page in a day of " + parts * each + " reports, MiB", heap[parts / 10], heap[parts - 1]);
        print("frames a second then", IntStream.range(0, REPEATS).mapToDouble(i -> number(tab.page().evaluate(
                        """
                        () => new Promise(done => {
                          let frames = 0;
                          const began = performance.now();
                          const next = () => {
                            frames++;
                            if (performance.now() - began < 1000) {
                              requestAnimationFrame(next);
                            } else {
                              done(1000 * frames / (performance.now() - began));
                            }
                          };
                          requestAnimationFrame(next);
                        })
                        """))).toArray());
    }

    private static String report(long number) {
        double bits = 100 / (1 + number / 1e4) + (number % 7) / 10.0;
        return "{\"kind\":\"train\",\"sequences\":" + number * 100 + ",\"bits_per_sequence\":" + bits + ",\"bit_errors_per_sequence\":" + bits / 3
                + ",\"learning_rate\":1.0E-4,\"gradient_norm\":" + (1 + number % 5) + ",\"clipped\":0.1,\"skipped\":0,\"seconds\":" + number / 5.0 + "}\n";
    }

    /** Memory that the page holds on to, in MiB. */
    private static double heap(Tab tab) {
        CDPSession session = tab.page().context().newCDPSession(tab.page());
        session.send("HeapProfiler.collectGarbage");
        JsonObject usage = session.send("Runtime.getHeapUsage");
        session.detach();
        return usage.get("usedSize").getAsDouble() / (1 << 20);
    }

    /** Milliseconds from the start of the command until the page shows what a machine did. */
    private static double[] starts(Browser browser) throws IOException, InterruptedException {
        double[] times = new double[REPEATS];
        Path root = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
        for (int i = 0; i < times.length; i++) {
            Page page = browser.newPage();
            long began = System.nanoTime();
            Process studio = new ProcessBuilder(root.resolve("ntm").toString(), "studio", "--no-open", "--port", "0")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader out = new BufferedReader(new InputStreamReader(studio.getInputStream(), StandardCharsets.UTF_8))) {
                URI address = URI.create(out.readLine().replace("studio: ", ""));
                page.navigate(address.toString());
                page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate("document.documentElement.dataset.computed > 0")));
                times[i] = (System.nanoTime() - began) / 1e6;
            } finally {
                page.close();
                studio.destroy();
                studio.waitFor(10, TimeUnit.SECONDS);
            }
        }
        return times;
    }

    /** Frames a second while the step changes with every frame. */
    private static double[] scrubs(Tab tab) {
        tab.go("view=machine&model=models/copy-ntm-lstm&at=length=120");
        tab.waitUntil("document.documentElement.dataset.computed > 0");
        return IntStream.range(0, REPEATS).mapToDouble(i -> number(tab.page().evaluate(
                        """
                        () => new Promise(done => {
                          const canvas = document.querySelector("[data-track='Write 1: weighting'] canvas");
                          const box = canvas.getBoundingClientRect();
                          const at = (type, share) => canvas.dispatchEvent(new PointerEvent(type, {
                            bubbles: true, pointerId: 1, button: 0, clientX: box.left + share * box.width, clientY: box.top + 5 }));
                          canvas.setPointerCapture = () => {};
                          at("pointerdown", 0);
                          let frames = 0;
                          const began = performance.now();
                          const next = () => {
                            at("pointermove", (frames % 240) / 241);
                            frames++;
                            if (performance.now() - began < 1500) {
                              requestAnimationFrame(next);
                            } else {
                              at("pointerup", 0);
                              done(1000 * frames / (performance.now() - began));
                            }
                          };
                          requestAnimationFrame(next);
                        })
                        """)))
                .toArray();
    }

    /** Milliseconds that the page counts from a change of a handle to the picture. */
    private static double[] handles(Tab tab) {
        tab.go("view=machine&model=models/copy-ntm-lstm&at=length=20&step=25");
        tab.waitUntil("document.documentElement.dataset.computed > 0");
        tab.page().locator("input[type=range][data-parameter=sharpening]").focus();
        double[] all = IntStream.range(0, 60).mapToDouble(i -> {
                    Object before = tab.page().evaluate("document.documentElement.dataset.computed");
                    tab.page().keyboard().press("ArrowRight");
                    tab.waitUntil("document.documentElement.dataset.computed > " + before);
                    return Double.parseDouble(tab.page().locator("[data-time]").getAttribute("data-time"));
                })
                .toArray();
        return Arrays.copyOfRange(all, 20, all.length);
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static void print(String name, double[] values) {
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        List<Double> shown = List.of(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
        System.out.printf(Locale.ROOT, "%-62s %8.1f  (%.1f to %.1f)%n", name, shown.get(0), shown.get(1), shown.get(2));
    }
}
