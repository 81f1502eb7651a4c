package io.github.ntm4j.core.reproduction;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** What Graves, Wayne and Danihelka 2014 (arXiv 1410.5401) measured, read off their plots: bits per sequence after training sequences. */
public final class PaperFigures {
    private static final SequencedMap<String, String> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("copy ntm-lstm", "about 0 after 100,000");
        FIGURES.put("copy ntm-ff", "about 0 after 100,000");
        FIGURES.put("copy lstm", "0.5 to 2 after 1,000,000");
        FIGURES.put("repeat-copy ntm-lstm", "about 0 after 100,000");
        FIGURES.put("repeat-copy ntm-ff", "about 0 after 100,000");
        FIGURES.put("associative-recall ntm-ff", "about 0 after 30,000; 1.3 at 15 items");
        FIGURES.put("associative-recall ntm-lstm", "8 at 20 items");
        FIGURES.put("dynamic-ngrams ntm-lstm", "133.5 to 134, optimum 133");
        FIGURES.put("dynamic-ngrams ntm-ff", "133.5 to 134, optimum 133");
        FIGURES.put("dynamic-ngrams lstm", "136 to 137");
        FIGURES.put("priority-sort ntm-lstm", "18 to 20 after 1,000,000");
        FIGURES.put("priority-sort ntm-ff", "18 to 20 after 1,000,000");
        FIGURES.put("priority-sort lstm", "about 55 after 1,000,000");
    }

    private PaperFigures() {}

    /**
     * The paper's figure for a task and a machine.
     *
     * @param task the task's name
     * @param machine the machine's name
     * @return a few words, or nothing where its plots give no number
     */
    public static Optional<String> of(String task, String machine) {
        return Optional.ofNullable(FIGURES.get(task + " " + machine));
    }
}
