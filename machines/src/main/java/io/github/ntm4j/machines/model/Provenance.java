package io.github.ntm4j.machines.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * What decides the bits of a run beside its settings.
 *
 * @param ntm4j version of ntm4j
 * @param git its revision, {@code unknown} where the build did not know
 */
public record Provenance(String ntm4j, String git) {
    private static final String UNKNOWN = "unknown";

    /**
     * This version of ntm4j.
     *
     * @return version and git revision
     */
    public static Provenance here() {
        Properties build = new Properties();
        try (InputStream in = Provenance.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException unreadable) {
            // The version is for information only.
        }
        String revision = build.getProperty("git", UNKNOWN);
        return new Provenance(
                build.getProperty("version", UNKNOWN),
                revision.startsWith("$") ? UNKNOWN : revision); // built outside a checkout
    }
}
