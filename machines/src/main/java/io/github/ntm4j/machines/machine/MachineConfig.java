package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.parameter.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The settings of a machine: everything that decides its parameters and its equations, but not its values. A record whose components are
 * {@linkplain io.github.ntm4j.machines.config.Setting settings}.
 */
public interface MachineConfig {
    /**
     * What kind of machine these are the settings of.
     *
     * @return a kind of which this is a record
     */
    MachineKind<?> kind();

    /**
     * The name under which users choose the machine.
     *
     * @return such as {@code lstm}
     */
    default String name() {
        return kind().name();
    }

    /**
     * A machine with these settings, its parameters all zero.
     *
     * @param inputs width of an input vector
     * @param outputs width of an output vector
     * @return the machine
     * @throws io.github.ntm4j.machines.config.UserException if a setting is out of its range, or the machine has more parameters than one can
     *     have, or than there is memory for
     */
    default Machine build(int inputs, int outputs) {
        MachineRoom.require(this, inputs, outputs);
        return kind().make(this, new Parameters(), inputs, outputs);
    }

    /**
     * The names and shapes of the parameters of a machine with these settings, without building it.
     *
     * @param inputs width of an input vector
     * @param outputs width of an output vector
     * @return entries that hold nothing
     */
    default List<Entry> declared(int inputs, int outputs) {
        Parameters counting = Parameters.counting();
        kind().make(this, counting, inputs, outputs);
        return counting.entries();
    }

    /**
     * How many parameters a machine with these settings has, without building it.
     *
     * @param inputs width of an input vector
     * @param outputs width of an output vector
     * @return the number of elements of its tensors
     */
    default long parameters(int inputs, int outputs) {
        Parameters counting = Parameters.counting();
        kind().make(this, counting, inputs, outputs);
        return counting.count();
    }

    /**
     * How large the memory is, of a machine that has one.
     *
     * @return its size, or nothing
     */
    default Optional<MemorySize> memorySize() {
        return Optional.empty();
    }

    /**
     * What there is to say about the machine on its card.
     *
     * @return a few words each by what they are about, such as {@code 128 rows of 20 floats} by {@code memory}
     */
    default SequencedMap<String, String> facts() {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        memorySize().ifPresent(size -> {
            facts.put("memory", count(size.rows(), "row") + " of " + count(size.width(), "float"));
            facts.put("heads", size.readHeads() + " to read, " + size.writeHeads() + " to write");
        });
        return facts;
    }

    /**
     * A number of things, for {@link #facts}.
     *
     * @param number how many
     * @param thing what one of them is called
     * @return such as {@code 1,024 rows}
     */
    static String count(long number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
    }
}
