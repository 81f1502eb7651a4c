package io.github.ntm4j.core.trace;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one head did at every step of a sequence (Graves, Wayne, Danihelka 2014, sections 3.1 to 3.3). The arrays are kept, not
 * copied: the owner must not change them afterwards. Rows of memory are counted from 0.
 *
 * @param name a short name that is unique in its trace, such as {@code write 1}
 * @param kind whether the head reads or writes
 * @param previous {@code [steps][rows]}, the weighting of the step before, which the head came from
 * @param weighting {@code [steps][rows]}, the weighting w the head used (equation 9)
 * @param similarity {@code [steps][rows]}, the cosine K of the key and each row (equation 6)
 * @param content {@code [steps][rows]}, the content weighting w^c (equation 5)
 * @param interpolated {@code [steps][rows]}, the gated weighting w^g (equation 7)
 * @param shifted {@code [steps][rows]}, the weighting after the circular shift (equation 8)
 * @param key {@code [steps][width]}, the key k
 * @param strength {@code [steps]}, the key strength beta
 * @param gate {@code [steps]}, the interpolation gate g, in [0, 1]
 * @param shift {@code [steps][shifts]}, the distribution s over the allowed shifts, from the most negative to the most positive
 * @param sharpening {@code [steps]}, the exponent gamma, at least 1
 * @param erase {@code [steps][width]}, a write head's erase vector e (equation 3), or null
 * @param add {@code [steps][width]}, the add vector a (equation 4): always there for a write head, never for a read head
 * @param read {@code [steps][width]}, the read vector r (equation 2): always there for a read head, never for a write head
 */
public record HeadTrace(
        String name,
        Kind kind,
        float[][] previous,
        float[][] weighting,
        float[][] similarity,
        float[][] content,
        float[][] interpolated,
        float[][] shifted,
        float[][] key,
        float[] strength,
        float[] gate,
        float[][] shift,
        float[] sharpening,
        float @Nullable [][] erase,
        float @Nullable [][] add,
        float @Nullable [][] read) {

    /** What a head does with its weighting. */
    public enum Kind {
        /** Takes the weighted sum of the rows. */
        READ,
        /** Erases and adds to the rows. */
        WRITE
    }

    /** Checks that all arrays agree on steps, rows and width, and that the vectors fit the kind of head. */
    public HeadTrace {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        int steps = weighting.length;
        int rows = Shape.columns(name + " weighting", weighting);
        int width = Shape.columns(name + " key", key);
        Shape.check(name + " previous", previous, steps, rows);
        Shape.check(name + " similarity", similarity, steps, rows);
        Shape.check(name + " content", content, steps, rows);
        Shape.check(name + " interpolated", interpolated, steps, rows);
        Shape.check(name + " shifted", shifted, steps, rows);
        Shape.check(name + " weighting", weighting, steps, rows);
        Shape.check(name + " key", key, steps, width);
        Shape.check(name + " strength", strength, steps);
        Shape.check(name + " gate", gate, steps);
        Shape.check(name + " shift", shift, steps, Shape.columns(name + " shift", shift));
        Shape.check(name + " sharpening", sharpening, steps);
        boolean writes = kind == Kind.WRITE;
        if (writes != (add != null) || writes == (read != null) || (!writes && erase != null)) {
            throw new IllegalArgumentException(
                    writes
                            ? name + ": a write head has an add vector and no read vector"
                            : name + ": a read head has a read vector and neither erase nor add");
        }
        if (erase != null) {
            Shape.check(name + " erase", erase, steps, width);
        }
        if (add != null) {
            Shape.check(name + " add", add, steps, width);
        }
        if (read != null) {
            Shape.check(name + " read", read, steps, width);
        }
    }

    /**
     * The number of steps.
     *
     * @return the number
     */
    public int steps() {
        return weighting.length;
    }

    /**
     * The vectors that pass between head and memory, {@code [steps][width]}: what a write head adds, what a read head reads.
     *
     * @return this trace's own arrays
     */
    public float[][] vectors() {
        return Objects.requireNonNull(kind == Kind.WRITE ? add : read);
    }
}
