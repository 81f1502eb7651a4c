/**
 * Memory-augmented networks: what applications embed to run trained ones, and to build their own. Needs {@code java.base} and a parser of
 * JSON.
 *
 * <p>Where to begin:
 *
 * <ul>
 *   <li>To run a trained machine, load it with {@link io.github.ntm4j.machines.model.Model}, and give each stream of vectors a
 *       {@link io.github.ntm4j.machines.machine.Session}.
 *   <li>To build a machine of one's own, begin with {@link io.github.ntm4j.machines.machine.Machine}, and look at the controllers of
 *       {@link io.github.ntm4j.machines.layer} and the memories of {@link io.github.ntm4j.machines.memory}.
 * </ul>
 *
 * <p>What a user got wrong is a {@link io.github.ntm4j.machines.config.UserException}, what the computer refused (a full disk, a folder that
 * is not writable) a {@link io.github.ntm4j.machines.config.RunFailedException}; both have messages of one line. Whatever is wrong with the
 * call itself is an {@link java.lang.IllegalArgumentException}. Vectors and tensors are flat arrays of {@code float}; where a shape is
 * given, as in {@code [rows][width]}, the last axis is the fastest.
 */
@SuppressWarnings("module") // The modules that build on it are compiled later.
module io.github.ntm4j.machines {
    requires transitive io.github.ntm4j.engine;
    requires static transitive org.jspecify;
    requires tools.jackson.core;

    exports io.github.ntm4j.machines.checkpoint;
    exports io.github.ntm4j.machines.config;
    exports io.github.ntm4j.machines.data;
    exports io.github.ntm4j.machines.dnc;
    exports io.github.ntm4j.machines.episode;
    exports io.github.ntm4j.machines.layer;
    exports io.github.ntm4j.machines.lstm;
    exports io.github.ntm4j.machines.machine;
    exports io.github.ntm4j.machines.memory;
    exports io.github.ntm4j.machines.model;
    exports io.github.ntm4j.machines.ntm;
    exports io.github.ntm4j.machines.signal;

    exports io.github.ntm4j.machines.json to
            io.github.ntm4j.learning,
            io.github.ntm4j.lab,
            io.github.ntm4j.studio;

    uses io.github.ntm4j.machines.machine.MachineProvider;
}
