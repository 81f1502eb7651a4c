package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.checkpoint.StoredTensor;
import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Where streams stood: all that a machine remembers of what it has read so far, and which parameters it had. It never changes and belongs to
 * no session; any number of sessions over the same machine can go on from it, in this process or, through a file, in another one.
 *
 * <p>Files are safetensors with the tensors {@code state.0}, {@code state.1} and so on, each {@code [streams][lines][size]} in the order
 * of {@link io.github.ntm4j.machines.layer.State#tensors}, and the texts {@code format} and {@code weights_sha256}.
 */
public final class SessionState {
    private static final String FORMAT = "format";
    private static final String NAME = "ntm4j-session/1";
    private static final String HASH = "weights_sha256";
    private static final String TENSOR = "state.";

    private final String source;
    private final String weights;
    private final List<StateShape> shapes;
    private final int streams;
    private final float[] values; // the state of each stream, one after the other

    SessionState(String source, String weights, List<StateShape> shapes, int streams, float[] values) {
        this.source = source;
        this.weights = weights;
        this.shapes = List.copyOf(shapes);
        this.streams = streams;
        this.values = values;
    }

    /**
     * Number of streams.
     *
     * @return the batch of the session that it was saved from
     */
    public int streams() {
        return streams;
    }

    /** Floats in the state of a stream. */
    int stateFloats() {
        return values.length / streams;
    }

    /** The states of the streams, not to be changed. */
    float[] values() {
        return values;
    }

    /**
     * Checks that a machine can go on from here.
     *
     * @throws UserException if it is not the machine that the state is of, or the state is not finite
     */
    void require(int wantedStreams, List<StateShape> wantedShapes, String wantedWeights) {
        if (!shapes.equals(wantedShapes)) {
            throw new UserException(source + ": expected the state of a machine whose state is " + wantedShapes + ", found " + shapes);
        }
        if (streams != wantedStreams) {
            throw new UserException(source + ": expected the state of " + wantedStreams + " streams, found " + streams);
        }
        if (!weights.equals(wantedWeights)) {
            throw new UserException(source + ": expected the state of a machine with parameters of the SHA-256 " + wantedWeights
                    + ", found " + UserException.quote(weights));
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new UserException(source + ": expected finite numbers, found " + value);
            }
        }
    }

    /**
     * Writes the state to a file, whole or not at all.
     *
     * @param file where
     * @throws RunFailedException if it cannot be written, or there is NaN or infinity in it
     */
    public void write(Path file) {
        Arguments.given("file", file);
        SequencedMap<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORMAT, NAME);
        metadata.put(HASH, weights);
        List<StoredTensor> tensors = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < shapes.size(); i++) {
            int floats = shapes.get(i).lines() * shapes.get(i).size();
            float[] data = new float[streams * floats];
            for (int stream = 0; stream < streams; stream++) {
                System.arraycopy(values, stream * stateFloats() + from, data, stream * floats, floats);
            }
            tensors.add(StoredTensor.of(TENSOR + i, data, streams, shapes.get(i).lines(), shapes.get(i).size()));
            from += floats;
        }
        Safetensors stored = Safetensors.of(metadata, tensors);
        stored.firstNonFinite().ifPresent(where -> {
            throw new RunFailedException("cannot write " + file + ": expected finite numbers, but " + where);
        });
        stored.write(file);
    }

    /**
     * Reads a state from a file. Whether it is one of a certain machine shows when a session is to go on from it.
     *
     * @param file written by {@link #write}
     * @return the state
     * @throws UserException if there is no such file, or it is damaged, or something else
     */
    public static SessionState read(Path file) {
        Arguments.given("file", file);
        Safetensors stored = Safetensors.read(file);
        String weights = stored.metadata().get(HASH);
        if (!NAME.equals(stored.metadata().get(FORMAT)) || weights == null || stored.tensors().isEmpty()) {
            throw new UserException(file + ": expected the state of a session (" + FORMAT + " " + NAME + "), found something else");
        }
        stored.firstNonFinite().ifPresent(where -> {
            throw new UserException(file + ": expected finite numbers, but " + where);
        });
        List<StoredTensor> tensors = new ArrayList<>();
        List<StateShape> shapes = new ArrayList<>();
        long floats = 0;
        for (int i = 0; i < stored.tensors().size(); i++) {
            StoredTensor tensor = stored.tensors().get(TENSOR + i);
            if (tensor == null || tensor.shape().size() != 3 || tensor.shape().contains(0)) {
                throw new UserException(file + ": expected a tensor " + TENSOR + i + " with three axes, found "
                        + (tensor == null ? "none" : tensor.shape()));
            }
            if (i > 0 && !tensor.shape().getFirst().equals(tensors.getFirst().shape().getFirst())) {
                throw new UserException(file + ": tensor " + tensor.name() + ": expected as many streams as in " + TENSOR + "0, found "
                        + tensor.shape().getFirst());
            }
            tensors.add(tensor);
            shapes.add(new StateShape(tensor.shape().get(1), tensor.shape().get(2)));
            floats += tensor.data().length;
        }
        int streams = tensors.getFirst().shape().getFirst();
        float[] values = new float[Math.toIntExact(floats)];
        int each = values.length / streams;
        int from = 0;
        for (StoredTensor tensor : tensors) {
            int own = tensor.data().length / streams;
            for (int stream = 0; stream < streams; stream++) {
                System.arraycopy(tensor.data(), stream * own, values, stream * each + from, own);
            }
            from += own;
        }
        return new SessionState(file.toString(), weights, shapes, streams, values);
    }
}
