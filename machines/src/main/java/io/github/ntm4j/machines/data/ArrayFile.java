package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.Sequences.HoldBack;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files of NumPy: inputs and targets by their usual names in an {@code .npz}, where those for tests are held back; or a series in an
 * {@code .npy}, of which windows are the sequences.
 */
final class ArrayFile {
    private static final int MOST_ARRAYS = 1_000;
    private static final int BLOCK = 1 << 16;
    private static final String SUFFIX = ".npy";
    private static final List<String> INPUTS = List.of("x", "input", "inputs");
    private static final List<String> TARGETS = List.of("y", "target", "targets", "label", "labels");
    private static final List<String> TRAINING = List.of("", "_train", "_training");
    private static final List<String> TESTS = List.of("_test", "_valid", "_val", "_validation");
    private static final String USUAL = "x and y, inputs and targets, or x_train, y_train, x_test and y_test";

    private ArrayFile() {}

    /**
     * Reads arrays by their names.
     *
     * @param in the zip archive
     * @param name what messages call it
     * @param format what its sequences must be like
     * @param decoder knows their form
     * @throws UserException if it is damaged, has no arrays of usual names, or takes too much memory
     */
    static Lines.Held readNpz(InputStream in, String name, SequenceFormat format, LineDecoder decoder) {
        SequencedMap<String, NpyArray> arrays = arrays(in, name);
        List<SequenceLine> lines = new ArrayList<>();
        HeldBytes held = new HeldBytes(name);
        List<String> used = new ArrayList<>();
        for (String part : TRAINING) {
            add(arrays, part, format, held, lines, used);
        }
        int first = lines.size();
        for (String part : TESTS) {
            add(arrays, part, format, held, lines, used);
        }
        if (lines.isEmpty()) {
            throw new UserException(name + ": expected arrays " + USUAL + ", found "
                    + (arrays.isEmpty() ? "none" : String.join(", ", arrays.sequencedKeySet().stream().limit(12).toList())));
        }
        boolean parts = first > 0 && first < lines.size();
        String note = "arrays " + String.join(", ", used) + (parts ? "; those for tests are held back" : "");
        return new Lines.Held(lines, parts ? new HoldBack.From(first) : new HoldBack.Any(), Map.of(), note, decoder);
    }

    /**
     * Reads a series.
     *
     * @param in the file
     * @param name what messages call it
     * @param format what its sequences must be like, and how long the windows are
     * @param decoder knows their form
     * @throws UserException if it is damaged, no series, or takes too much memory
     */
    static Lines.Held readNpy(InputStream in, String name, SequenceFormat format, LineDecoder decoder) {
        HeldBytes held = new HeldBytes(name);
        NpyArray array = NpyArray.parse(bytes(in, name, held), name, held);
        int window = format.reading().window();
        int horizon = format.reading().horizon();
        int axes = array.shape().size();
        if (window == 0 || axes < 1 || axes > 2 || array.kind() == 'U') {
            throw new UserException(name + ": an array " + array.described() + "; expected "
                    + (window == 0 ? "task.window=... for a series [steps][channels], or an .npz with " + USUAL
                            : "a series [steps] or [steps][channels] of numbers"));
        }
        int steps = array.shape().getFirst();
        int width = axes == 1 ? 1 : array.shape().get(1);
        for (int i = 0; i < array.values().length; i++) {
            if (!Float.isFinite(array.values()[i])) {
                throw new UserException(name + ", step " + (i / width + 1) + ": not a finite number");
            }
        }
        boolean onlyLast = !format.targetRequired();
        if (width == 0 || steps < (onlyLast ? window : (long) window + horizon)) {
            throw new UserException(name + ": expected at least " + (onlyLast ? window : (long) window + horizon) + " steps for a window of "
                    + window + (onlyLast ? "" : " and the " + horizon + " that follow") + ", found " + array.described());
        }
        SeriesWindows windows = new SeriesWindows(array.values(), steps, width, window, horizon, -1, onlyLast);
        return new Lines.Held(windows, new HoldBack.Last(window + horizon - 1), Map.of(),
                "a series of " + steps + " steps of " + width + (width == 1 ? " channel" : " channels"), decoder);
    }

    private static SequencedMap<String, NpyArray> arrays(InputStream in, String name) {
        SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
        HeldBytes held = new HeldBytes(name);
        try {
            // Who opened the stream closes it, when its digest was taken.
            ZipInputStream zip = new ZipInputStream(in);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (arrays.size() == MOST_ARRAYS) {
                    throw new UserException(name + ": more than " + MOST_ARRAYS + " arrays");
                }
                if (!entry.getName().endsWith(SUFFIX)) {
                    throw new UserException(name + ": expected arrays of NumPy, found " + UserException.quote(entry.getName()));
                }
                String array = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
                HeldBytes packed = new HeldBytes(name, held.left());
                arrays.put(array, NpyArray.parse(bytes(zip, name, packed), name + ", array " + UserException.quote(array), held));
            }
        } catch (ZipException | EOFException e) {
            throw new UserException(name + ": damaged archive: " + e.getMessage(), e);
        } catch (IOException e) {
            throw UserException.cannotRead(name, e);
        } catch (IllegalArgumentException e) {
            throw new UserException(name + ": damaged archive: a name that is not text", e);
        }
        return arrays;
    }

    private static byte[] bytes(InputStream in, String name, HeldBytes held) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] block = new byte[BLOCK];
            for (int length = in.read(block); length >= 0; length = in.read(block)) {
                held.add(length);
                if (bytes.size() > Integer.MAX_VALUE - 2 * BLOCK) {
                    throw new UserException(name + ": an array of more than 2 GiB");
                }
                bytes.write(block, 0, length);
            }
            return bytes.toByteArray();
        } catch (ZipException | EOFException e) {
            throw new UserException(name + ": damaged archive: " + e.getMessage(), e);
        } catch (IOException e) {
            throw UserException.cannotRead(name, e);
        }
    }

    private static void add(Map<String, NpyArray> arrays, String part, SequenceFormat format, HeldBytes held,
            List<SequenceLine> lines, List<String> used) {
        NpyArray inputs = array(arrays, INPUTS, part, used);
        NpyArray targets = array(arrays, TARGETS, part, used);
        if (inputs == null) {
            return;
        }
        if (targets == null && format.targetRequired()) {
            throw new UserException(inputs.name() + ": expected targets beside it, such as y" + part + ", found "
                    + String.join(", ", arrays.keySet()));
        }
        NpyArray masks = array(arrays, List.of("mask", "masks"), part, used);
        NpyArray lengths = array(arrays, List.of("length", "lengths"), part, used);
        new ArraySequences(inputs, targets, masks, lengths, format).addTo(lines, held);
    }

    private static @Nullable NpyArray array(Map<String, NpyArray> arrays, List<String> names, String part, List<String> used) {
        for (Map.Entry<String, NpyArray> entry : arrays.entrySet()) {
            String lower = entry.getKey().toLowerCase(Locale.ROOT);
            if (names.stream().anyMatch(known -> lower.equals(known + part))) {
                used.add(entry.getKey() + " " + entry.getValue().described());
                return entry.getValue();
            }
        }
        return null;
    }
}
