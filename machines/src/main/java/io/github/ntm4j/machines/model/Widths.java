package io.github.ntm4j.machines.model;

import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * The widths of inputs and outputs of a machine in a file: no file says them, but some of its tensors are as wide. Which ones, the machine's
 * own parameters tell, declared for one width and for the next.
 *
 * @param inputs width of an input vector
 * @param outputs width of an output vector
 */
record Widths(int inputs, int outputs) {
    static Widths of(Safetensors stored, Path file, MachineConfig config) {
        List<Entry> one = config.declared(1, 1);
        int outputs = width(stored, file, one, config.declared(1, 2));
        return new Widths(width(stored, file, one, config.declared(2, 1)), outputs);
    }

    /** The width that makes an axis as long as it is in the file: one that is as much longer as the width is, or else so many times. */
    private static int width(Safetensors stored, Path file, List<Entry> one, List<Entry> two) {
        int entry = -1;
        int axis = 0;
        int step = Integer.MAX_VALUE;
        for (int i = 0; i < one.size(); i++) {
            List<Integer> shape = one.get(i).shape();
            for (int at = 0; at < shape.size(); at++) {
                int longer = two.get(i).shape().get(at) - shape.get(at);
                if (longer >= 1 && longer < step) {
                    entry = i;
                    axis = at;
                    step = longer;
                }
            }
        }
        if (entry < 0) {
            throw new IllegalStateException("parameters: expected some as wide as an input and some as wide as an output, found none");
        }
        return width(stored, file, one.get(entry), axis, step);
    }

    private static int width(Safetensors stored, Path file, Entry entry, int axis, int step) {
        String name = entry.name();
        stored.requireRead(name, file.toString());
        StoredTensor tensor = stored.tensors().get(name);
        int axes = entry.shape().size();
        if (tensor == null || tensor.shape().size() != axes) {
            throw new UserException(file + ": expected a tensor " + name + " with " + (axes == 2 ? "two axes" : axes + " axes") + ", found "
                    + (tensor == null ? "none" : tensor.shape().toString()));
        }
        int least = entry.shape().get(axis);
        int found = tensor.shape().get(axis);
        String lines = axis == axes - 1 && axes > 1 ? "column" : "row";
        if (found < least) {
            throw new UserException(file + ": tensor " + name + ": expected "
                    + (least == 1 ? "at least 1 " + lines : "more than " + (least - 1) + " " + lines + "s") + ", found " + found);
        }
        if ((found - least) % step != 0) {
            throw new UserException(file + ": tensor " + name + ": expected " + least + " " + lines + "s and a multiple of " + step
                    + " more, found " + found);
        }
        return (found - least) / step + 1;
    }
}
