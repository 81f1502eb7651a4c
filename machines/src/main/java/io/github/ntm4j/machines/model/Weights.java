package io.github.ntm4j.machines.model;

import io.github.ntm4j.engine.parameter.Entry;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.config.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parameters on their way to files and back. */
public final class Weights {
    private static final String INITIAL_WEIGHTING = "weighting";
    private static final String INITIAL_MEMORY = "initial_memory";
    /** Learned weightings give rows beyond those they were trained with the weight exp(-30) before normalisation. */
    private static final float NO_WEIGHT = -30;

    private Weights() {}

    /**
     * The entries of a buffer as tensors.
     *
     * @param parameters says what there is
     * @param buffer laid out as {@link Parameters#values}
     * @param prefix before each name
     * @return a tensor for each entry
     */
    public static List<StoredTensor> store(Parameters parameters, float[] buffer, String prefix) {
        List<StoredTensor> tensors = new ArrayList<>();
        for (Entry entry : parameters.entries()) {
            tensors.add(new StoredTensor(prefix + entry.name(), entry.shape(), entry.read(buffer)));
        }
        return tensors;
    }

    /**
     * Fills a buffer from tensors of the parameters' shapes.
     *
     * @param tensors by name
     * @param parameters says what there is
     * @param buffer laid out as {@link Parameters#values}; overwritten
     * @param prefix before each name
     * @param where what messages call the file
     * @throws UserException if a tensor is missing or has another shape
     */
    public static void load(Map<String, StoredTensor> tensors, Parameters parameters, float[] buffer, String prefix, String where) {
        load(tensors, parameters, buffer, prefix, where, false);
    }

    /**
     * Fills the parameters of a machine that was given another number of rows than its tensors have.
     *
     * @param tensors by name
     * @param parameters of the machine; overwritten
     * @param where what messages call the file
     * @throws UserException if a tensor is missing or has another shape than a number of rows explains
     */
    public static void loadFitted(Map<String, StoredTensor> tensors, Parameters parameters, String where) {
        load(tensors, parameters, parameters.values(), "", where, true);
    }

    private static void load(
            Map<String, StoredTensor> tensors, Parameters parameters, float[] buffer, String prefix, String where, boolean fit) {
        for (Entry entry : parameters.entries()) {
            StoredTensor tensor = tensors.get(prefix + entry.name());
            if (tensor == null) {
                throw new UserException(where + ": expected a tensor " + prefix + entry.name() + " of shape " + entry.shape()
                        + ", found none");
            }
            float[] data = tensor.data();
            if (!tensor.shape().equals(entry.shape())) {
                if (!fit || tensor.shape().contains(0)) {
                    throw otherShape(tensor, entry, where);
                }
                data = fitted(tensor, entry, where);
            }
            entry.write(data, buffer);
        }
    }

    private static float[] fitted(StoredTensor tensor, Entry entry, String where) {
        if (tensor.shape().size() == 2 && entry.name().startsWith("initial_")) {
            int width = entry.shape().get(1);
            int stored = tensor.shape().get(1);
            if (entry.name().equals(INITIAL_MEMORY) && stored == width) {
                return repeatedRows(tensor.data(), tensor.shape().get(0), entry.shape().get(0), width);
            }
            if (entry.name().endsWith(INITIAL_WEIGHTING) && tensor.shape().get(0).equals(entry.shape().get(0))) {
                return extendedWeighting(tensor.data(), entry.shape().get(0), stored, width);
            }
        }
        throw otherShape(tensor, entry, where);
    }

    private static UserException otherShape(StoredTensor tensor, Entry entry, String where) {
        return new UserException(
                where + ": tensor " + tensor.name() + ": expected shape " + entry.shape() + ", found " + tensor.shape());
    }

    private static float[] repeatedRows(float[] data, int stored, int rows, int width) {
        float[] memory = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(data, row % stored * width, memory, row * width, width);
        }
        return memory;
    }

    private static float[] extendedWeighting(float[] data, int heads, int stored, int rows) {
        float[] weighting = new float[heads * rows];
        for (int head = 0; head < heads; head++) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int row = 0; row < stored; row++) {
                largest = Math.max(largest, data[head * stored + row]);
            }
            for (int row = 0; row < rows; row++) {
                weighting[head * rows + row] = row < stored ? data[head * stored + row] : largest + NO_WEIGHT;
            }
        }
        return weighting;
    }
}
