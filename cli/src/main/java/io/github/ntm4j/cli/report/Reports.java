package io.github.ntm4j.cli.report;

import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.SettingEntry;
import io.github.ntm4j.machines.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** What several commands print alike. */
public final class Reports {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{So}_@%+=:,./-]+");

    private Reports() {}

    /** A command to type next, as it is called from where the user is. */
    public static String command(String arguments) {
        return (Files.isExecutable(Path.of("ntm")) ? "./ntm " : "ntm ") + arguments;
    }

    /** A path as a shell takes it for one argument that is no option. */
    public static String quoted(Path path) {
        String text = path.toString().startsWith("-") ? Path.of(".").resolve(path).toString() : path.toString();
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** One JSON object in one line. */
    public static void printJson(Terminal terminal, Map<String, ?> object) {
        terminal.out().println(ConfigWriter.toJson(object));
        terminal.out().flush();
    }

    /** A line or two per setting: key and default, then what it is and what is accepted. */
    public static void printSettings(Terminal terminal, List<SettingEntry> settings) {
        int widest = settings.stream().mapToInt(setting -> setting.key().length()).max().orElse(0);
        for (SettingEntry setting : settings) {
            String fill = " ".repeat(widest - setting.key().length());
            Object value = setting.defaultValue();
            terminal.out().println("  " + setting.key() + fill + " = " + (value == null ? "" : Settings.text(value)));
            terminal.out().println("  " + " ".repeat(widest + 3)
                    + terminal.grey(setting.description() + "; " + setting.accepted()));
        }
    }

    /** The same for JSON. */
    public static List<SequencedMap<String, Object>> settings(List<SettingEntry> settings) {
        return settings.stream().map(Reports::setting).toList();
    }

    private static SequencedMap<String, Object> setting(SettingEntry setting) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("key", setting.key());
        map.put("type", setting.type());
        map.put("accepted", setting.accepted());
        if (setting.defaultValue() != null) {
            map.put("default", setting.defaultValue());
        }
        map.put("description", setting.description());
        return map;
    }
}
