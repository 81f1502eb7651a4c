package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.terminal.Exit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The part of the script {@code ntm} that sees to it that java can open files of any name. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the locales that are there are those of Linux")
class LauncherScriptTest {
    private static String afterwards(Map<String, String> environment) throws Exception {
        String script = Files.readString(ProjectFiles.find("ntm"));
        String function = script.substring(script.indexOf("with_characters() {"), script.indexOf("\n}\n", script.indexOf("with_characters() {")) + 3);
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "set -euo pipefail\n" + function
                + "with_characters; echo \"$(locale charmap) LC_ALL=${LC_ALL-} LANG=${LANG-}\"");
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    @Test
    void withoutALocaleThereAreAllCharacters() throws Exception {
        assertThat(afterwards(Map.of())).isEqualTo("UTF-8 LC_ALL= LANG=");
        assertThat(afterwards(Map.of("LC_ALL", "C"))).isEqualTo("UTF-8 LC_ALL= LANG=C");
        assertThat(afterwards(Map.of("LC_ALL", "POSIX"))).isEqualTo("UTF-8 LC_ALL= LANG=POSIX");
        assertThat(afterwards(Map.of("LANG", "C", "LC_CTYPE", "C"))).isEqualTo("UTF-8 LC_ALL= LANG=C");
    }

    @Test
    void aLocaleWithCharactersStaysAsItIs() throws Exception {
        assertThat(afterwards(Map.of("LC_ALL", "C.UTF-8", "LANG", "C"))).isEqualTo("UTF-8 LC_ALL=C.UTF-8 LANG=C");
        assertThat(afterwards(Map.of("LANG", "C.UTF-8"))).isEqualTo("UTF-8 LC_ALL= LANG=C.UTF-8");
    }

    /** Java itself, without the script, cannot open such a file; one line says what to do. */
    @Test
    void withoutTheScriptOneLineSaysWhatToSet() throws Exception {
        for (String argument : new String[] {"d\u00e4.jsonl", "\u6570\u636e.jsonl"}) {
            ProcessBuilder builder = new ProcessBuilder(
                    "bash", "-c", "'" + Path.of(System.getProperty("java.home"), "bin", "java")
                            + "' -cp \"$CP\" io.github.ntm4j.cli.launcher.Launcher verify $'" + escaped(argument) + "'");
            builder.environment().put("CP", System.getProperty("java.class.path"));
            builder.environment().put("LC_ALL", "C");
            Process process = builder.redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(Exit.WRONG_USE);
            assertThat(said.lines().filter(line -> !line.startsWith("WARNING"))).singleElement().asString()
                    .matches("ntm: the argument '.*' has characters that the locale, whose encoding is .*, has not: set LC_ALL=C\\.UTF-8, or use \\./ntm");
        }
    }

    private static String escaped(String text) {
        StringBuilder bytes = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.append(String.format("\\x%02x", b));
        }
        return bytes.toString();
    }
}
