/** Neural Turing Machines and what they need to learn: what applications embed. */
@SuppressWarnings("module") // The studio is compiled later.
module io.github.ntm4j.core {
    requires transitive io.github.ntm4j.engine;
    requires static transitive org.jspecify;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;
    requires java.desktop;
    requires java.management;
    requires java.xml;
    requires jdk.management;

    exports io.github.ntm4j.core.checkpoint;
    exports io.github.ntm4j.core.config;
    exports io.github.ntm4j.core.data;
    exports io.github.ntm4j.core.explanation;
    exports io.github.ntm4j.core.layer;
    exports io.github.ntm4j.core.machine;
    exports io.github.ntm4j.core.memory;
    exports io.github.ntm4j.core.picture;
    exports io.github.ntm4j.core.run;
    exports io.github.ntm4j.core.sweep;
    exports io.github.ntm4j.core.task;
    exports io.github.ntm4j.core.tensorboard;
    exports io.github.ntm4j.core.trace;
    exports io.github.ntm4j.core.training;

    exports io.github.ntm4j.core.json to
            io.github.ntm4j.studio;
}
