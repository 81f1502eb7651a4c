package io.github.ntm4j.lab.explanation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** Explanations as names and values, for JSON. Shares are rounded to four places. */
public final class ExplanationMaps {
    private ExplanationMaps() {}

    /**
     * A programme.
     *
     * @param programme the programme
     * @return {@code verdict}, {@code words} (the verdict in words), {@code confidence}, {@code writing}, {@code reading}, {@code phases} and
     *     {@code actions}
     */
    public static SequencedMap<String, Object> of(Programme programme) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("verdict", word(programme.verdict()));
        map.put("words", programme.verdict().words());
        map.put("confidence", rounded(programme.confidence()));
        map.put("writing", rounded(programme.writing()));
        map.put("reading", rounded(programme.reading()));
        map.put("phases", programme.phases().stream().map(ExplanationMaps::phase).toList());
        map.put("actions", programme.actions().stream().map(ExplanationMaps::action).toList());
        return map;
    }

    /**
     * A health card.
     *
     * @param findings its lines
     * @return {@code name}, {@code value}, {@code text}, {@code status} and {@code hint} of each
     */
    public static List<SequencedMap<String, Object>> of(List<Finding> findings) {
        return findings.stream().map(ExplanationMaps::finding).toList();
    }

    /**
     * An assessment.
     *
     * @param assessment the sentence
     * @return {@code words}, {@code sound}, and {@code rows} where more of them may mend it
     */
    public static SequencedMap<String, Object> of(Assessment assessment) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("words", assessment.words());
        map.put("sound", assessment.sound());
        assessment.rows().ifPresent(rows -> map.put("rows", rows));
        return map;
    }

    private static SequencedMap<String, Object> phase(Programme.Phase phase) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("name", phase.name());
        map.put("from", phase.from());
        map.put("to", phase.to());
        map.put("sentences", phase.sentences().stream().map(ExplanationMaps::sentence).toList());
        return map;
    }

    private static SequencedMap<String, Object> sentence(Programme.Sentence sentence) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("heads", sentence.heads());
        map.put("words", sentence.words());
        return map;
    }

    private static SequencedMap<String, Object> action(Programme.Action action) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("head", action.head());
        map.put("from", action.from());
        map.put("to", action.to());
        map.put("movement", word(action.movement()));
        map.put("stride", action.stride());
        map.put("times", action.times());
        map.put("first_row", action.firstRow());
        map.put("last_row", action.lastRow());
        map.put("effect", word(action.effect()));
        map.put("confidence", rounded(action.confidence()));
        map.put("words", action.words());
        return map;
    }

    private static SequencedMap<String, Object> finding(Finding finding) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("name", finding.name());
        map.put("value", rounded(finding.value()));
        map.put("text", finding.text());
        map.put("status", word(finding.status()));
        map.put("hint", finding.hint());
        return map;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
