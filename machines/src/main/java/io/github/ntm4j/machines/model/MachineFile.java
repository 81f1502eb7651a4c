package io.github.ntm4j.machines.model;

import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Machine;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The parameters of any machine, also of one's own, in a safetensors file: one tensor for each {@code Entry} of the parameters, and the texts
 * {@code format}, {@code weights_sha256} and {@code provenance}. Such a file does not say how the machine is built, so whoever reads it
 * builds the machine first. {@link Model#load} reads files that say it themselves: those of runs.
 */
public final class MachineFile {
    private static final String FORMAT = "format";
    private static final String NAME = "ntm4j-parameters/1";
    private static final String HASH = "weights_sha256";
    private static final String PROVENANCE = "provenance";

    private MachineFile() {}

    /**
     * Writes the parameters of a machine, whole or not at all.
     *
     * @param file where
     * @param machine the machine
     * @throws RunFailedException if the file cannot be written, or there is NaN or infinity among the parameters
     */
    public static void write(Path file, Machine machine) {
        SequencedMap<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORMAT, NAME);
        metadata.put(PROVENANCE, ModelFormat.made());
        metadata.put(HASH, machine.parameters().sha256());
        Safetensors stored = Safetensors.of(metadata, Weights.store(machine.parameters(), machine.parameters().values(), ""));
        stored.firstNonFinite().ifPresent(where -> {
            throw new RunFailedException("cannot write " + file + ": expected finite numbers, but " + where);
        });
        stored.write(file);
    }

    /**
     * Gives a machine the parameters of a file. Files of runs do, too, where the tensors have the same names and shapes. The machine may be
     * trained further; before sharing it between threads, seal its parameters.
     *
     * @param file the file
     * @param machine a machine that is built as the one in the file was
     * @throws UserException if there is no such file, or it is damaged, or holds the parameters of another machine; the machine is then as it
     *     was
     * @throws IllegalStateException if the machine's parameters are sealed
     */
    public static void read(Path file, Machine machine) {
        if (machine.parameters().isSealed()) {
            throw new IllegalStateException("machine: expected one that may change, but its parameters are sealed, because they are shared");
        }
        Safetensors stored = Safetensors.read(file);
        stored.firstNonFinite().ifPresent(where -> {
            throw new UserException(file + ": expected finite numbers, but " + where);
        });
        float[] values = machine.parameters().values().clone();
        Weights.load(stored.tensors(), machine.parameters(), values, "", file.toString());
        String claimed = stored.metadata().get(HASH);
        String actual = machine.parameters().sha256(values);
        if (claimed != null && !claimed.equals(actual)) {
            throw new UserException(file + ": expected parameters with the SHA-256 " + UserException.quote(claimed) + ", found " + actual);
        }
        System.arraycopy(values, 0, machine.parameters().values(), 0, values.length);
        machine.parameters().refresh();
    }
}
