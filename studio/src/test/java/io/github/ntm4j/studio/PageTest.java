package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The modules of the page fit together. */
class PageTest {
    private static final Pattern IMPORT = Pattern.compile("from \"(\\.[^\"]+)\"");

    private static String read(String path) throws IOException {
        try (InputStream in = Studio.class.getResourceAsStream("page/" + path)) {
            assertThat(in).as(path).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What a module needs, itself included. */
    private static void collect(String path, Set<String> into) throws IOException {
        if (!into.add(path) || path.startsWith("vendor/")) {
            return;
        }
        Matcher matcher = IMPORT.matcher(read(path));
        while (matcher.find()) {
            collect(URI.create("/" + path).resolve(matcher.group(1)).getPath().substring(1), into);
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }

    @Test
    void all_modules_are_there_and_asked_for_at_once() throws IOException {
        Set<String> needed = new LinkedHashSet<>();
        collect("main.js", needed);
        needed.remove("main.js");
        List<String> preloaded = found(Pattern.compile("rel=\"modulepreload\" href=\"/([^\"]+)\""), read("index.html"));
        assertThat(preloaded).containsExactlyInAnyOrderElementsOf(needed);
    }

    @Test
    void a_page_that_is_taken_along_has_all_it_needs() throws IOException {
        String list = found(Pattern.compile("const MODULES = \\[([^\\]]+)\\]"), read("share.js")).getFirst();
        List<String> packed = found(Pattern.compile("\"([^\"]+)\""), list);
        Set<String> needed = new LinkedHashSet<>();
        collect("offline.js", needed);
        assertThat(packed).containsExactlyInAnyOrderElementsOf(needed);
    }
}
