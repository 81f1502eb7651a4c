/**
 * The studio: a local web page that shows machines at work and in training. {@link io.github.ntm4j.studio.Studio} starts and ends it.
 */
module io.github.ntm4j.studio {
    requires transitive io.github.ntm4j.lab;
    requires static transitive org.jspecify;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports io.github.ntm4j.studio;

    // The bodies of requests are records there.
    opens io.github.ntm4j.studio.machine to
            tools.jackson.databind;
    opens io.github.ntm4j.studio.map to
            tools.jackson.databind;
    opens io.github.ntm4j.studio.run to
            tools.jackson.databind;
    opens io.github.ntm4j.studio.server to
            tools.jackson.databind;
}
