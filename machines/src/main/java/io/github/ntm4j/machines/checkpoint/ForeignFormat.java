package io.github.ntm4j.machines.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recognises, by their first bytes, files that people take for weights. */
final class ForeignFormat {
    private static final Map<String, String> BEGINNINGS = new LinkedHashMap<>();

    static {
        BEGINNINGS.put("PK\3\4", "a ZIP archive (such as a PyTorch .pt or NumPy .npz file)");
        BEGINNINGS.put("\u0080\2", "a Python pickle (such as an old PyTorch .pt file)");
        BEGINNINGS.put("\u0080\3", "a Python pickle");
        BEGINNINGS.put("\u0080\4", "a Python pickle");
        BEGINNINGS.put("\u0080\5", "a Python pickle");
        BEGINNINGS.put("\u0093NUMPY", "a NumPy .npy file");
        BEGINNINGS.put("\u0089HDF", "an HDF5 file");
        BEGINNINGS.put("\u0089PNG", "a PNG picture");
        BEGINNINGS.put("\u001f\u008b", "a gzip file");
        BEGINNINGS.put("GGUF", "a GGUF file");
        BEGINNINGS.put("{", "a JSON file");
        BEGINNINGS.put("<", "an XML, SVG or HTML file");
        BEGINNINGS.put("version ", "a Git LFS pointer (fetch the file itself with: git lfs pull)");
    }

    private ForeignFormat() {}

    /** What the beginning of a file looks like, with its article; null if it looks like nothing known. */
    static @Nullable String guess(byte[] beginning) {
        String text = new String(beginning, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> format : BEGINNINGS.entrySet()) {
            if (text.startsWith(format.getKey())) {
                return format.getValue();
            }
        }
        return null;
    }
}
