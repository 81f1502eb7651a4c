package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.operation.ActivateColumns;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.operation.LayerNorm;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.operation.Term;
import io.github.ntm4j.engine.parameter.Grid;
import io.github.ntm4j.engine.parameter.Matrix;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.dnc.AddressingSettings.Clip;
import io.github.ntm4j.machines.dnc.AddressingSettings.Strength;
import io.github.ntm4j.machines.dnc.AddressingSettings.Vectors;
import io.github.ntm4j.machines.dnc.LinkSettings.Links;
import io.github.ntm4j.machines.dnc.StoreSettings.Tendency;
import io.github.ntm4j.machines.layer.Initialisation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From the controller's output to the {@link Interface}, {@code xi = W h + b}: one product, normalised and clipped if wanted, and the function of
 * each part.
 */
final class InterfaceLayer {
    /** The bias of a gate that tends to be open, and of a mode that tends to be taken. */
    private static final double TENDENCY = 2;

    private final DncConfig config;
    private final Parameters parameters;
    private final Matrix matrix;
    private final @Nullable Grid scale;
    private final @Nullable Grid shift;
    private final List<Columns> functions = new ArrayList<>();
    private int width;

    private final Part readKeys;
    private final Part readStrengths;
    private final Part writeKeys;
    private final Part writeStrengths;
    private final Part erases;
    private final Part writeVectors;
    private final Part freeGates;
    private final Part allocationGates;
    private final Part writeGates;
    private final @Nullable Part readModes;
    private final @Nullable Part readMasks;
    private final @Nullable Part writeMasks;
    private final @Nullable Part forwardSharpness;
    private final @Nullable Part backwardSharpness;

    /** Columns that belong together: a line for each head. */
    private record Part(int from, int heads, int size) {
        Tensor of(Tensor row) {
            return row.slice(from, heads * size).split(heads, size);
        }

        static @Nullable Tensor ofAny(@Nullable Part part, Tensor row) {
            return part == null ? null : part.of(row);
        }
    }

    /** Declares {@code interface.weight [columns][controller]}, {@code interface.bias [columns]} and, if it is normalised, {@code interface.scale} and {@code interface.shift [columns]}. */
    InterfaceLayer(Parameters parameters, int controllerSize, DncConfig config) {
        this.config = config;
        this.parameters = parameters;
        int columns = config.store().width();
        int readers = config.store().readHeads();
        int writers = config.store().writeHeads();
        Activation vectors = config.addressing().vectors() == Vectors.TANH ? Activation.TANH : Activation.IDENTITY;
        Activation strength = config.addressing().strength() == Strength.ONEPLUS ? Activation.ONE_PLUS_SOFTPLUS : Activation.SOFTPLUS;
        boolean linked = config.linking().links() != Links.NONE;
        boolean masked = config.addressing().mask();
        boolean sharpened = config.linking().sharpen();
        readKeys = part(readers, columns, vectors);
        readStrengths = part(readers, 1, strength);
        writeKeys = part(writers, columns, vectors);
        writeStrengths = part(writers, 1, strength);
        erases = part(writers, columns, Activation.SIGMOID);
        writeVectors = part(writers, columns, vectors);
        freeGates = part(readers, 1, Activation.SIGMOID);
        allocationGates = part(writers, 1, Activation.SIGMOID);
        writeGates = part(writers, 1, Activation.SIGMOID);
        readModes = linked ? distributions(readers, 2 * writers + 1) : null;
        readMasks = masked ? part(readers, columns, Activation.SIGMOID) : null;
        writeMasks = masked ? part(writers, columns, Activation.SIGMOID) : null;
        forwardSharpness = sharpened ? part(readers, 1, Activation.ONE_PLUS_SOFTPLUS) : null;
        backwardSharpness = sharpened ? part(readers, 1, Activation.ONE_PLUS_SOFTPLUS) : null;
        matrix = parameters.addMatrix("interface", controllerSize, 1, width);
        parameters.declareWeights("interface.weight", matrix, 0, controllerSize, 0, width);
        parameters.declareBias("interface.bias", matrix, 0, width);
        boolean normalised = config.addressing().layerNorm();
        scale = normalised ? declare("interface.scale") : null;
        shift = normalised ? declare("interface.shift") : null;
    }

    private Grid declare(String name) {
        Grid grid = parameters.addGrid(name, 1, width, true);
        parameters.declareGrid(grid, false);
        return grid;
    }

    private Part part(int heads, int size, Activation function) {
        functions.add(Columns.of(width, heads * size, function));
        return next(heads, size);
    }

    private Part distributions(int heads, int size) {
        for (int head = 0; head < heads; head++) {
            functions.add(Columns.softmax(width + head * size, size));
        }
        return next(heads, size);
    }

    private Part next(int heads, int size) {
        Part part = new Part(width, heads, size);
        width += heads * size;
        return part;
    }

    void initialise(Random64 random) {
        Initialisation initialisation = config.controller().weightInitialisation();
        initialisation.fill(matrix, parameters.values(), random);
        if (config.store().strengthBias() != 0) {
            bias(readStrengths, config.store().strengthBias());
            bias(writeStrengths, config.store().strengthBias());
        }
        if (config.store().tendency() == Tendency.TAPE) {
            bias(allocationGates, TENDENCY);
            bias(writeGates, TENDENCY);
            bias(freeGates, -TENDENCY);
            for (int head = 0; readModes != null && head < readModes.heads(); head++) {
                int forward = config.store().writeHeads() + 1;
                bias(new Part(readModes.from() + head * readModes.size() + forward, 1, readModes.size() - forward), TENDENCY);
            }
        }
        if (scale != null) {
            Arrays.fill(parameters.values(), scale.at(), scale.at() + width, 1f);
        }
    }

    private void bias(Part part, double value) {
        for (int column = part.from(); column < part.from() + part.heads() * part.size(); column++) {
            if (shift == null) {
                parameters.values()[matrix.at(matrix.inputs(), column)] = (float) value;
            } else {
                parameters.values()[shift.at() + column] = (float) value;
            }
        }
    }

    /**
     * Records the layer.
     *
     * @param hidden the controller's output, {@code [batch][1][controller]}
     */
    Interface of(Tape tape, Tensor hidden) {
        Tensor raw = Linear.of(tape, matrix, List.of(hidden));
        Tensor normalised = scale == null || shift == null ? raw : LayerNorm.of(tape, raw, scale, shift);
        Tensor clipped = config.addressing().clip() == Clip.INTERFACE
                ? io.github.ntm4j.engine.operation.Clip.of(tape, normalised, (float) config.addressing().clipValue())
                : normalised;
        tape.name("interface", clipped);
        Tensor row = ActivateColumns.of(tape, clipped, functions);
        return new Interface(
                readKeys.of(row),
                readStrengths.of(row),
                writeKeys.of(row),
                writeStrengths.of(row),
                erases.of(row),
                writeVectors.of(row),
                freeGates.of(row),
                allocationGates.of(row),
                writeGates.of(row),
                Part.ofAny(readModes, row),
                masks(tape, readMasks, row),
                masks(tape, writeMasks, row),
                Part.ofAny(forwardSharpness, row),
                Part.ofAny(backwardSharpness, row));
    }

    /** {@code minimum + (1 - minimum) sigmoid}. */
    private @Nullable Tensor masks(Tape tape, @Nullable Part part, Tensor row) {
        Tensor masks = Part.ofAny(part, row);
        double least = config.addressing().maskMinimum();
        return masks == null || least == 0 ? masks : Term.of(tape, masks).times(1 - least).plus(least).at();
    }
}
