package io.github.ntm4j.lab.explanation;

import io.github.ntm4j.lab.explanation.Programme.Action;
import io.github.ntm4j.lab.explanation.Programme.Phase;
import io.github.ntm4j.lab.explanation.Programme.Sentence;
import io.github.ntm4j.lab.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;

/** Writes the programme of all heads, in full and in brief. */
final class ProgrammeWriter {
    /** What a head does in less than this share of a phase is left out of the programme in brief. */
    private static final double LEAST_SHARE = 0.2;
    /** At most this many things are said of a head in a phase. */
    private static final int MOST_SAID = 3;
    /** What is done so often in a phase is told as one, however short it is each time. */
    private static final int AGAIN = 3;

    private final Trace trace;
    private final List<HeadPath> paths;
    private final ActionWords words;

    ProgrammeWriter(Trace trace, MemoryUse use, List<HeadPath> paths) {
        this.trace = trace;
        // Those who write come first, as they do in time.
        this.paths = paths.stream()
                .sorted((a, b) -> Boolean.compare(b.steps().writes(), a.steps().writes()))
                .toList();
        this.words = new ActionWords(use, paths);
    }

    Programme write() {
        List<Action> actions = new ArrayList<>();
        for (HeadPath path : paths) {
            path.segments().forEach(segment -> actions.add(action(path, segment)));
        }
        return Programme.of(explained(true), explained(false), phases(), actions);
    }

    private Action action(HeadPath path, Segment segment) {
        HeadSteps steps = path.steps();
        int last = segment.to() - 1;
        return new Action(
                steps.name(),
                segment.from(),
                last,
                segment.movement(),
                segment.stride(),
                segment.times(),
                steps.row()[segment.from()],
                steps.row()[last],
                segment.effect(),
                path.explained(segment),
                words.full(path, segment));
    }

    /** The share of the attention that is explained, over the steps that matter, reads only where the answer counts. */
    private double explained(boolean writers) {
        double sum = 0;
        double all = 0;
        for (HeadPath path : paths) {
            for (Segment segment : path.segments()) {
                for (int t = segment.from(); path.steps().writes() == writers && t < segment.to(); t++) {
                    if (path.steps().effect()[t].matters() && (writers || trace.counts(t))) {
                        double size = path.steps().size()[t];
                        sum += size * path.explained(segment, t);
                        all += size;
                    }
                }
            }
        }
        return all == 0 ? 0 : Math.min(1, sum / all);
    }

    private List<Phase> phases() {
        OptionalInt answer = trace.answerStart();
        if (answer.isEmpty()) {
            return List.of(phase("in every step", 0, trace.steps()));
        }
        int start = answer.getAsInt();
        List<Phase> phases = new ArrayList<>();
        int end = listeningEnd(trace);
        phases.add(phase("while listening", 0, end));
        if (end < start) {
            phases.add(phase("at the delimiter", end, start));
        }
        phases.add(phase("while answering", start, trace.steps()));
        return phases;
    }

    /** The step after the last that has something to listen to: the delimiter, if there is one, else the first of the answer. */
    static int listeningEnd(Trace trace) {
        int answer = trace.answerStart().orElse(0);
        return answer > 1 && isDelimiter(trace, answer - 1) ? answer - 1 : answer;
    }

    /** Whether a channel speaks at {@code last} that was silent in all steps before. */
    private static boolean isDelimiter(Trace trace, int last) {
        for (int channel = 0; channel < trace.inputs(); channel++) {
            boolean before = false;
            for (int t = 0; t < last; t++) {
                before |= trace.input()[t][channel] != 0;
            }
            if (!before && trace.input()[last][channel] != 0) {
                return true;
            }
        }
        return false;
    }

    private Phase phase(String name, int from, int to) {
        SequencedMap<String, List<String>> heads = new LinkedHashMap<>();
        for (HeadPath path : paths) {
            String said = brief(path, from, to);
            if (!said.isEmpty()) {
                // Readers and writers that do nothing do it in different words, so equal words are of equal heads.
                heads.computeIfAbsent(said, key -> new ArrayList<>()).add(path.steps().name());
            }
        }
        List<Sentence> sentences =
                heads.entrySet().stream().map(said -> new Sentence(said.getValue(), said.getKey())).toList();
        return new Phase(name, from, to - 1, sentences);
    }

    private String brief(HeadPath path, int from, int to) {
        List<String> said = new ArrayList<>();
        for (Segment segment : path.segments()) {
            int overlap = segment.overlap(from, to);
            // In a single step only that is told which is over with it.
            boolean told = to - from == 1 ? segment.length() == 1 : overlap >= LEAST_SHARE * (to - from);
            if (overlap == 0 || !told) {
                continue;
            }
            String gist = words.brief(path, segment);
            if (said.isEmpty() || !said.getLast().equals(gist)) {
                said.add(gist);
            }
        }
        if (said.isEmpty() && path.segments().stream().anyMatch(Segment::isLed)) {
            said.addAll(again(path, from, to));
        }
        boolean more = said.size() > MOST_SAID;
        return String.join("; then ", more ? said.subList(0, MOST_SAID) : said) + (more ? "; …" : "");
    }

    /** What a head does again and again, each time for too short a while to be told. */
    private List<String> again(HeadPath path, int from, int to) {
        SequencedMap<String, Integer> times = new LinkedHashMap<>();
        for (Segment segment : path.segments()) {
            String kind = segment.overlap(from, to) > 0 ? words.kind(segment) : "";
            if (!kind.isEmpty()) {
                times.merge(kind, 1, Integer::sum);
            }
        }
        return times.entrySet().stream()
                .filter(kind -> kind.getValue() >= AGAIN)
                .map(kind -> kind.getValue() + " times: " + kind.getKey())
                .toList();
    }
}
