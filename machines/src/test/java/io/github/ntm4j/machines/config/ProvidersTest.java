package io.github.ntm4j.machines.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a provider does wrong is one line that names it. */
class ProvidersTest {
    /** What is provided. */
    public interface Words {
        List<String> words();
    }

    /** One that works. */
    public static final class Two implements Words {
        @Override
        public List<String> words() {
            return List.of("one", "two");
        }
    }

    /** One that gives nothing at all. */
    public static final class Nothing implements Words {
        @Override
        @SuppressWarnings("NullAway")
        public List<String> words() {
            return null;
        }
    }

    /** One that gives a word that is none. */
    public static final class Holed implements Words {
        @Override
        @SuppressWarnings("NullAway")
        public List<String> words() {
            return Arrays.asList("one", null);
        }
    }

    /** One that fails without a word. */
    public static final class Silent implements Words {
        @Override
        public List<String> words() {
            throw new IllegalStateException();
        }
    }

    /** One that fails with many. */
    public static final class Verbose implements Words {
        @Override
        public List<String> words() {
            throw new IllegalStateException("no luck\nand no more words");
        }
    }

    private static List<String> given(Path folder, String provider) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Words.class.getName()), ProvidersTest.class.getName() + "$" + provider);
        try (URLClassLoader classes = new URLClassLoader(new URL[] {folder.toUri().toURL()}, ProvidersTest.class.getClassLoader())) {
            return Providers.given(ServiceLoader.load(Words.class, classes), "words", Words::words);
        }
    }

    @Test
    void whatTheyGiveIsTaken(@TempDir Path folder) throws IOException {
        assertThat(given(folder, "Two")).containsExactly("one", "two");
    }

    @ParameterizedTest
    @CsvSource({
        "Nothing, 'ProvidersTest$Nothing: gave null, expected a list without it'",
        "Holed, 'ProvidersTest$Holed: gave null, expected a list without it'",
        "Silent, 'ProvidersTest$Silent: IllegalStateException'",
        "Verbose, 'ProvidersTest$Verbose: no luck'",
        "Absent, 'ProvidersTest$Absent not found'"
    })
    void whatIsWrongIsSaidInOneLine(String provider, String message, @TempDir Path folder) {
        assertThatExceptionOfType(UserException.class)
                .isThrownBy(() -> given(folder, provider))
                .withMessageStartingWith("a jar that provides words: expected a service that works, found one that does not: ")
                .withMessageEndingWith(message)
                .matches(refused -> refused.getMessage().lines().count() == 1);
    }
}
