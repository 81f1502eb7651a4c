package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page has from others is what they published: each folder's VENDORED.md lists its files with their sums. */
final class VendoredFilesTest {
    private static final String LIST = "VENDORED.md";

    /** A row of the list: | `file` | `where it was in the archive` | `SHA-256` |. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| `[^`]+` \\| `([0-9a-f]{64})` \\|$");

    @ParameterizedTest
    @MethodSource("folders")
    void every_vendored_file_is_listed_and_has_the_listed_sum(Path folder) throws IOException {
        assertThat(sums(folder)).isNotEmpty().isEqualTo(listed(folder));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void a_licence_comes_with_what_is_vendored(Path folder) {
        assertThat(folder.resolve("LICENSE")).isNotEmptyFile();
    }

    static Stream<Path> folders() throws IOException, URISyntaxException {
        URL vendor = Objects.requireNonNull(VendoredFilesTest.class.getResource("page/vendor"), "no page/vendor");
        try (Stream<Path> found = Files.list(Path.of(vendor.toURI()))) {
            return found.sorted().toList().stream();
        }
    }

    private static Map<String, String> listed(Path folder) throws IOException {
        Map<String, String> listed = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(folder.resolve(LIST)));
        while (row.find()) {
            listed.put(row.group(1), row.group(2));
        }
        return listed;
    }

    private static Map<String, String> sums(Path folder) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (!name.equals(LIST)) {
                    sums.put(name, sha256(file));
                }
            }
        }
        return sums;
    }

    private static String sha256(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
