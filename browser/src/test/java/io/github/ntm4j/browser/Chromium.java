package io.github.ntm4j.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The browser that is installed here, started once for all tests: a start costs seconds. */
final class Chromium implements AutoCloseable {
    private static final List<String> COMMANDS =
            List.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome");

    private static final List<Path> OTHER_PLACES = List.of(
            Path.of("/snap/bin/chromium"),
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        Path executable = find(System.getenv(), Files::isExecutable);
        // Colours as they are drawn, whatever screen is here; shared memory on disk, as containers have little of it.
        List<String> flags = new ArrayList<>(List.of("--force-color-profile=srgb", "--disable-dev-shm-usage"));
        if ("root".equals(System.getProperty("user.name"))) {
            flags.add("--no-sandbox");
        }
        Playwright playwright =
                Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            Browser browser = playwright.chromium().launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(flags));
            return new Chromium(playwright, browser);
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** The executable: what CHROMIUM names, else the first that is on the PATH or in another usual place. */
    static Path find(Map<String, String> environment, Predicate<Path> executable) {
        String named = environment.getOrDefault("CHROMIUM", "");
        if (!named.isEmpty()) {
            if (!executable.test(Path.of(named))) {
                throw new IllegalStateException("CHROMIUM names " + named + ", which is no executable file");
            }
            return Path.of(named);
        }
        List<Path> folders = Stream.of(environment.getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
        return Stream.concat(
                        COMMANDS.stream().flatMap(command -> folders.stream().map(folder -> folder.resolve(command))),
                        OTHER_PLACES.stream())
                .filter(executable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the browser tests found no Chromium: install it"
                        + " (Debian: sudo apt-get install chromium), or name its executable in CHROMIUM"));
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
