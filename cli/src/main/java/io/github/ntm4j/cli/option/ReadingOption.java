package io.github.ntm4j.cli.option;

import io.github.ntm4j.cli.report.Names;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.learning.run.Preset;
import io.github.ntm4j.machines.model.Model;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a model of pytorch-ntm is read: its file does not say which revision made it, and their heads differ. */
public final class ReadingOption {
    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "The reading of a model of pytorch-ntm: pytorch-ntm (default), pytorch-ntm-softplus-shift or pytorch-ntm-relu.")
    private @Nullable String preset;

    /** Loads a machine, and says in a line on the error stream what is not as one might expect. */
    public Model load(Path path, @Nullable Integer rows, Terminal terminal) {
        OptionalInt wanted = rows == null ? OptionalInt.empty() : OptionalInt.of(rows);
        return Model.load(path, wanted, preset == null ? null : Names.preset(preset).name(), terminal::notice);
    }
}
