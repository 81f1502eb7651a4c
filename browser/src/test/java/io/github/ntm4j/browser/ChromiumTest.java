package io.github.ntm4j.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChromiumTest {
    private static final Path DEBIAN = Path.of("/usr/bin/chromium");
    private static final Path GOOGLE = Path.of("/usr/local/bin/google-chrome");

    @Test
    void the_one_that_the_environment_names_comes_first() {
        Path mine = Path.of("/opt/chromium/chrome");
        Map<String, String> environment = Map.of("CHROMIUM", mine.toString(), "PATH", "/usr/bin");
        assertThat(Chromium.find(environment, Set.of(mine, DEBIAN)::contains)).isEqualTo(mine);
        assertThatThrownBy(() -> Chromium.find(environment, Set.of(DEBIAN)::contains))
                .hasMessage("CHROMIUM names /opt/chromium/chrome, which is no executable file");
    }

    @Test
    void chromium_on_the_path_is_preferred_to_its_relatives_and_to_other_places() {
        Map<String, String> environment = Map.of("PATH", "/usr/local/bin::/usr/bin");
        Path snap = Path.of("/snap/bin/chromium");
        assertThat(Chromium.find(environment, Set.of(snap, GOOGLE, DEBIAN)::contains)).isEqualTo(DEBIAN);
        assertThat(Chromium.find(environment, Set.of(snap, GOOGLE)::contains)).isEqualTo(GOOGLE);
        assertThat(Chromium.find(environment, Set.of(snap)::contains)).isEqualTo(snap);
    }

    @Test
    void where_there_is_none_one_line_says_how_to_get_it() {
        assertThatThrownBy(() -> Chromium.find(Map.of("PATH", "/usr/bin"), _ -> false))
                .hasMessageContaining("apt-get install chromium")
                .hasMessageContaining("CHROMIUM")
                .hasMessageNotContaining("\n");
    }
}
