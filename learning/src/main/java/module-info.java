/**
 * How machines learn: choose a {@link io.github.ntm4j.learning.task.Task} and the settings of a machine, and start a
 * {@link io.github.ntm4j.learning.run.Run}, which keeps checkpoints and metrics in a folder; or a
 * {@link io.github.ntm4j.learning.training.Trainer}, which knows no files. Many runs are a {@link io.github.ntm4j.learning.sweep.Sweep}.
 */
@SuppressWarnings("module") // The modules that build on it are compiled later.
module io.github.ntm4j.learning {
    requires transitive io.github.ntm4j.machines;
    requires static transitive org.jspecify;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports io.github.ntm4j.learning.run;
    exports io.github.ntm4j.learning.sweep;
    exports io.github.ntm4j.learning.task;
    exports io.github.ntm4j.learning.training;
    exports io.github.ntm4j.learning.yaml;

    // Records of settings are made there.
    opens io.github.ntm4j.learning.run to
            io.github.ntm4j.machines;
    opens io.github.ntm4j.learning.sweep to
            io.github.ntm4j.machines;
    opens io.github.ntm4j.learning.task to
            io.github.ntm4j.machines;
    opens io.github.ntm4j.learning.training to
            io.github.ntm4j.machines;

    uses io.github.ntm4j.learning.run.RunFollower.Maker;
    uses io.github.ntm4j.learning.task.TaskProvider;
}
