/**
 * What machines do, and how well: record a sequence with a {@link io.github.ntm4j.lab.trace.Tracer}, draw the trace as a
 * {@link io.github.ntm4j.lab.picture.SequencePicture}, or have it put in words by an {@link io.github.ntm4j.lab.explanation.Explanation}.
 * Where this module is there, runs keep their learning curve and events for TensorBoard, too.
 */
@SuppressWarnings("module") // The studio is compiled later.
module io.github.ntm4j.lab {
    requires transitive io.github.ntm4j.learning;
    requires static transitive org.jspecify;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires java.desktop;
    requires java.management;
    requires java.xml;
    requires jdk.management;

    exports io.github.ntm4j.lab.explanation;
    exports io.github.ntm4j.lab.picture;
    exports io.github.ntm4j.lab.record;
    exports io.github.ntm4j.lab.tensorboard;
    exports io.github.ntm4j.lab.trace;

    provides io.github.ntm4j.learning.run.RunFollower.Maker with
            io.github.ntm4j.lab.record.RunEvents.Maker,
            io.github.ntm4j.lab.record.RunCurve.Maker;
}
