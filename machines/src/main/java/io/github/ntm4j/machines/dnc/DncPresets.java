package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.machines.config.Settings;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What publications and implementations do, by the keys of the settings; each says all in which they differ from one another. */
final class DncPresets {
    /** The paper to the letter: an exact cosine, usages without an epsilon, derivatives everywhere but for those that are clipped in the LSTM. */
    static final SequencedMap<String, Object> GRAVES_2016 = preset(
            "controller_size", 256,
            "controller_gradient_clip", 10,
            "rows", 256,
            "width", 50,
            "read_heads", 5,
            "cosine", "exact",
            "usage_gradient", "full",
            "allocation_epsilon", 0,
            "clip", "none");

    /** Its repeat-copy script. The LSTM of its library adds 1 to the forget gate. */
    static final SequencedMap<String, Object> DEEPMIND = preset(
            "controller_size", 64,
            "rows", 16,
            "width", 16,
            "read_heads", 4,
            "strength", "softplus",
            "cosine", "norms",
            "clip", "state",
            "forget_bias", 1);

    /** All three of its changes: masks, erasing on deallocation, sharpened links. */
    static final SequencedMap<String, Object> CSORDAS_2019 = preset(
            "controller_size", 32,
            "rows", 16,
            "width", 16,
            "mask", true,
            "deallocate", true,
            "sharpen", true,
            "forget_bias", 1,
            "weight_initialisation", "xavier");

    /** A content-based unit with layer normalisation and bypass dropout; one direction of its controllers. */
    static final SequencedMap<String, Object> FRANKE_2018 = preset(
            "controller_size", 172,
            "rows", 192,
            "width", 64,
            "read_heads", 4,
            "cosine", "exact",
            "usage_gradient", "full",
            "allocation_epsilon", 0,
            "clip", "none",
            "layer_norm", true,
            "links", "none",
            "start", "random",
            "bypass_dropout", 0.1);

    private DncPresets() {}

    private static SequencedMap<String, Object> preset(Object... changes) {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("controller", Settings.text(ControllerSettings.Kind.LSTM));
        all.put("controller_layers", 1);
        all.put("controller_gradient_clip", 0);
        all.put("bypass_dropout", 0);
        all.put("feed_reads", true);
        all.put("forget_bias", 0);
        all.put("weight_initialisation", "fan-in");
        all.put("read_heads", 1);
        all.put("write_heads", 1);
        all.put("start", "zero");
        all.put("tendency", "none");
        all.put("strength_bias", 0);
        all.put("strength", "oneplus");
        all.put("vectors", "linear");
        all.put("cosine", "denominator");
        all.put("mask", false);
        all.put("mask_minimum", 0);
        all.put("layer_norm", false);
        all.put("clip", "interface");
        all.put("clip_value", 20);
        all.put("usage_gradient", "stop");
        all.put("usage_order", "sorted");
        all.put("order_bits", 0);
        all.put("allocation_epsilon", 1e-6);
        all.put("deallocate", false);
        all.put("links", "dense");
        all.put("sharpen", false);
        for (int i = 0; i < changes.length; i += 2) {
            all.put((String) changes[i], changes[i + 1]);
        }
        return all;
    }
}
