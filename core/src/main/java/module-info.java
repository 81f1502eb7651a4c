/**
 * Neural Turing Machines and what they need to learn: what applications embed.
 *
 * <p>Where to begin:
 *
 * <ul>
 *   <li>To run a trained machine, load it with {@link io.github.ntm4j.core.model.Model}, and give each stream of vectors a
 *       {@link io.github.ntm4j.core.machine.Session}.
 *   <li>To see what it does, record a sequence with a {@link io.github.ntm4j.core.trace.Tracer}, draw the trace as a
 *       {@link io.github.ntm4j.core.picture.SequencePicture}, or have it put in words by an
 *       {@link io.github.ntm4j.core.explanation.Explanation}.
 *   <li>To train one, choose a {@link io.github.ntm4j.core.task.Task} and the settings of a machine, and start a
 *       {@link io.github.ntm4j.core.run.Run}, which keeps checkpoints and metrics in a folder; or a
 *       {@link io.github.ntm4j.core.training.Trainer}, which knows no files.
 *   <li>To build a machine of one's own, begin with {@link io.github.ntm4j.core.machine.Machine}, and look at the controllers of
 *       {@link io.github.ntm4j.core.layer} and the memories of {@link io.github.ntm4j.core.memory}.
 * </ul>
 *
 * <p>What a user got wrong is a {@link io.github.ntm4j.core.config.UserException}, what the computer refused (a full disk, a folder that
 * is not writable) a {@link io.github.ntm4j.core.config.RunFailedException}; both have messages of one line. Whatever is wrong with the
 * call itself is an {@link java.lang.IllegalArgumentException}. Vectors and tensors are flat arrays of {@code float}; where a shape is
 * given, as in {@code [rows][width]}, the last axis is the fastest.
 */
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

    uses io.github.ntm4j.core.machine.MachineProvider;
    uses io.github.ntm4j.core.task.TaskProvider;

    exports io.github.ntm4j.core.checkpoint;
    exports io.github.ntm4j.core.config;
    exports io.github.ntm4j.core.data;
    exports io.github.ntm4j.core.dnc;
    exports io.github.ntm4j.core.episode;
    exports io.github.ntm4j.core.explanation;
    exports io.github.ntm4j.core.layer;
    exports io.github.ntm4j.core.machine;
    exports io.github.ntm4j.core.memory;
    exports io.github.ntm4j.core.model;
    exports io.github.ntm4j.core.picture;
    exports io.github.ntm4j.core.record;
    exports io.github.ntm4j.core.run;
    exports io.github.ntm4j.core.signal;
    exports io.github.ntm4j.core.sweep;
    exports io.github.ntm4j.core.task;
    exports io.github.ntm4j.core.tensorboard;
    exports io.github.ntm4j.core.trace;
    exports io.github.ntm4j.core.training;
    exports io.github.ntm4j.core.yaml;

    uses io.github.ntm4j.core.run.RunFollower.Maker;

    provides io.github.ntm4j.core.run.RunFollower.Maker with
            io.github.ntm4j.core.record.RunEvents.Maker,
            io.github.ntm4j.core.record.RunCurve.Maker;

    exports io.github.ntm4j.core.json to
            io.github.ntm4j.studio;
}
