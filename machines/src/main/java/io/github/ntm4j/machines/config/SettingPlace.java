package io.github.ntm4j.machines.config;

import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Where the components of a record stand among all settings.
 *
 * @param path the dotted key under which they stand; empty for the top
 * @param prefix what their keys begin with below it
 * @param word what stands for {@code {}} in their descriptions
 */
record SettingPlace(String path, String prefix, String word) {
    private static final String WORD = "{}";

    static SettingPlace of(String path) {
        return new SettingPlace(path, "", "");
    }

    /** The name of a component below the path. */
    String name(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        return prefix + (setting == null || setting.key().isEmpty() ? SettingType.key(component.getName()) : setting.key());
    }

    /** The full key of a component. */
    String key(RecordComponent component) {
        return path.isEmpty() ? name(component) : path + "." + name(component);
    }

    /** What a component is, in one line; empty if nobody says. */
    String description(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        return setting == null ? "" : setting.value().replace(WORD, word);
    }

    /** Where the components of a component stand that is a record itself. */
    SettingPlace inside(RecordComponent component) {
        Group group = group(component);
        return group == null
                ? of(key(component))
                : new SettingPlace(path, prefix + group.prefix(), group.word().isEmpty() ? word : group.word());
    }

    static @Nullable Group group(RecordComponent component) {
        return component.getAnnotation(Group.class);
    }
}
