package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.border.Arguments;
import java.util.Collection;

/**
 * What files of weights look like that other software makes of a machine of some kind, so that they can be refused by their name.
 *
 * @param software what the software is called
 * @param mark a part of a tensor's name that only its files have
 */
public record ForeignWeights(String software, String mark) {
    /** Checks that there are both. */
    public ForeignWeights {
        Arguments.given("software", software);
        Arguments.given("mark", mark);
    }

    /**
     * Whether some tensors are of such a file.
     *
     * @param names the names of its tensors
     * @return true if one of them has the mark
     */
    public boolean matches(Collection<String> names) {
        return names.stream().anyMatch(name -> name.contains(mark));
    }
}
