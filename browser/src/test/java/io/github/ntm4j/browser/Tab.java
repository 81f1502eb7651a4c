package io.github.ntm4j.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** A page in a window of 1280 x 720, with its own storage, that keeps note of what goes wrong in it. */
final class Tab implements AutoCloseable {
    /** How long a page may take to answer at the end of a test, in milliseconds. */
    private static final double ANSWER = 10_000;

    private static final String PNG = "data:image/png;base64,";

    private final URI site;
    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new ArrayList<>();

    Tab(Browser browser, URI site, ColorScheme scheme) {
        this.site = site;
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1280, 720)
                .setColorScheme(scheme)
                .setLocale("en-GB")
                .setTimezoneId("UTC"));
        page = context.newPage();
        page.onPageError(error -> faults.add("not caught: " + error));
        page.onConsoleMessage(this::keepErrors);
        page.onRequest(this::keepForeign);
        page.onCrash(_ -> faults.add("the page crashed"));
    }

    /** What Playwright can do with the page: find, click, type, wait, evaluate. */
    Page page() {
        return page;
    }

    /** Loads the page anew at a view: what follows the # of its address, beside what the server wants there. */
    void go(String view) {
        String address = site.toString();
        String join = site.getRawFragment() == null ? "#" : "&";
        // The same document at another fragment would not be loaded again.
        page.navigate("about:blank");
        page.navigate(view.isEmpty() ? address : address + join + view);
    }

    /**
     * Waits until an expression of JavaScript is true. Playwright's own {@code waitForFunction} evaluates text within
     * the page, which the studio's content security policy forbids.
     */
    void waitUntil(String expression) {
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(expression)));
    }

    /**
     * What is seen in the window, also written to {@code target/screenshots/NAME.png}.
     *
     * @param name the name of the file, the same in every run
     */
    BufferedImage screenshot(String name) {
        byte[] png = page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(System.getProperty("basedir", ""), "target", "screenshots", name + ".png"))
                .setAnimations(ScreenshotAnimations.DISABLED));
        return image(png);
    }

    /** What a canvas holds: its own pixels, however large it is shown. */
    BufferedImage canvas(String selector) {
        String url = (String) page.locator(selector).evaluate("canvas => canvas.toDataURL('image/png')");
        return image(Base64.getDecoder().decode(url.substring(PNG.length())));
    }

    /** The colour of a canvas at one of its own pixels, counted from the upper left corner. */
    Color colour(String selector, int x, int y) {
        return new Color(canvas(selector).getRGB(x, y), true);
    }

    /**
     * What went wrong in the page since this was asked last, a line each: exceptions that nothing caught, errors on the
     * console (failed requests are among them), and requests to anything but its own server. What is taken does not
     * fail the test.
     */
    List<String> takeFaults() {
        // Events reach this side in order: with the answer, all that came before it is here.
        // Not by evaluating something: that waits for ever for a page that is busy.
        page.locator(":root").waitFor(new Locator.WaitForOptions()
                .setState(WaitForSelectorState.ATTACHED)
                .setTimeout(ANSWER));
        List<String> taken = List.copyOf(faults);
        faults.clear();
        return taken;
    }

    @Override
    public void close() {
        context.close();
    }

    private void keepErrors(ConsoleMessage message) {
        if (message.type().equals("error")) {
            faults.add("console: " + message.text() + " (" + message.location() + ")");
        }
    }

    private void keepForeign(Request request) {
        URI asked = URI.create(request.url());
        boolean inPage = List.of("about", "blob", "data").contains(asked.getScheme());
        if (!inPage && !site.getRawAuthority().equals(asked.getRawAuthority())) {
            faults.add("asks another server: " + request.url());
        }
    }

    private static BufferedImage image(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
