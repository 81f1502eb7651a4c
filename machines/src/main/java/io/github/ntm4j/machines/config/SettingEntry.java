package io.github.ntm4j.machines.config;

import org.jspecify.annotations.Nullable;

/**
 * One line of a reference of settings.
 *
 * @param key the full dotted key, such as {@code machine.rows}
 * @param type {@code whole number}, {@code number}, {@code true or false}, {@code text} or {@code word}
 * @param accepted what is accepted: {@code a whole number from 1 to 64}, {@code one of adam, graves-rmsprop}
 * @param defaultValue a number, a boolean or a text; null when the setting has no default
 * @param description what it is, in one line
 */
public record SettingEntry(String key, String type, String accepted, @Nullable Object defaultValue, String description) {}
