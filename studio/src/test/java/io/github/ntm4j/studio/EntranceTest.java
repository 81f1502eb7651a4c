package io.github.ntm4j.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.studio.RawHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and how. */
class EntranceTest {
    private static final byte[] NONE = new byte[0];
    private static final Pattern CODE = Pattern.compile("#code=([0-9a-f]{32})\"");

    @TempDir
    private Path runs;

    private TestStudio studio;
    private RawHttp http;

    @BeforeEach
    void start() {
        studio = new TestStudio(runs);
        http = new RawHttp(studio.port());
    }

    @AfterEach
    void stop() {
        studio.close();
    }

    private Answer enter(String code) throws IOException {
        return http.send("POST", "/api/session", Map.of(), ("{\"code\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static String codeIn(Path file) throws IOException {
        Matcher matcher = CODE.matcher(Files.readString(file));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void a_code_lets_in_once() throws IOException {
        String code = studio.studio().link().getFragment().substring("code=".length());
        assertThat(enter(code).body()).isEqualTo("{\"token\":\"" + studio.token() + "\"}");
        Answer again = enter(code);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.body()).contains("code: expected one that was not used before, and in time").doesNotContain(studio.token());
        assertThat(enter("").status()).isEqualTo(401);
        assertThat(enter(studio.token()).status()).isEqualTo(401);
        assertThat(http.send("POST", "/api/session", Map.of(), "{}".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(401);
    }

    @Test
    void another_site_cannot_use_a_code() throws IOException {
        byte[] body = ("{\"code\":\"" + studio.studio().link().getFragment().substring("code=".length()) + "\"}").getBytes(StandardCharsets.UTF_8);
        assertThat(http.send("POST", "/api/session", Map.of("Origin", "http://evil.example"), body).status()).isEqualTo(403);
        assertThat(http.send("POST", "/api/session", Map.of("Sec-Fetch-Site", "cross-site"), body).status()).isEqualTo(403);
        assertThat(http.send("POST", "/api/session", Map.of(), body).status()).isEqualTo(200);
    }

    @Test
    void the_file_is_its_owners_alone_and_leads_in_again_and_again() throws IOException {
        Path file = studio.studio().linkFile();
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()))).isEqualTo("rwx------");
        }
        assertThat(Files.readString(file)).doesNotContain(studio.token());
        String first = codeIn(file);
        assertThat(enter(first).status()).isEqualTo(200);
        String second = codeIn(file);
        assertThat(second).isNotEqualTo(first);
        assertThat(enter(first).status()).isEqualTo(401);
        assertThat(enter(second).status()).isEqualTo(200);
    }

    @Test
    void the_file_is_gone_when_the_studio_ends() {
        Path file = studio.studio().linkFile();
        assertThat(file).exists();
        studio.close();
        assertThat(file.getParent()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/info", "/api/models", "/api/runs", "/api/machine?id=models/copy-ntm-ff", "/api/events"})
    void data_needs_the_token_unless_reading_is_public(String path) throws IOException {
        assertThat(http.send("GET", path, Map.of(), NONE).status()).isEqualTo(401);
        assertThat(http.send("HEAD", path, Map.of(), NONE).status()).isEqualTo(401);
        assertThat(http.send("HEAD", path, Map.of("X-Ntm4j-Token", studio.token()), NONE).status()).isEqualTo(200);
        try (Studio open = Studio.start(new Studio.Options(runs, Path.of("..", "models"), 0, true, "test"))) {
            RawHttp everybody = new RawHttp(open.address().getPort());
            assertThat(everybody.send("HEAD", path, Map.of(), NONE).status()).isEqualTo(200);
            assertThat(everybody.send("POST", "/api/runs", Map.of(), "{}".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(401);
        }
    }

    @Test
    void a_link_on_any_page_opens_the_page_but_no_data() throws IOException {
        Map<String, String> link = Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document");
        assertThat(http.send("GET", "/", link, NONE).status()).isEqualTo(200);
        Map<String, String> known = new HashMap<>(link);
        known.put("X-Ntm4j-Token", studio.token());
        assertThat(http.send("GET", "/api/info", known, NONE).status()).isEqualTo(403);
        assertThat(http.send("POST", "/", known, NONE).status()).isEqualTo(403);
        for (String other : new String[] {"iframe", "image", "script", "embed", "empty"}) {
            assertThat(http.send("GET", "/", Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", other), NONE).status())
                    .as(other)
                    .isEqualTo(403);
        }
        assertThat(http.send("GET", "/main.js", Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "script"), NONE).status())
                .isEqualTo(403);
    }
}
