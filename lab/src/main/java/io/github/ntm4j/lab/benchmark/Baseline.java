package io.github.ntm4j.lab.benchmark;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.json.JsonProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shares of the peak that an earlier run reached, to hold a new one against. The share, and not the time: the peak is measured before and
 * after each case, so a slower or busier computer does not count as a slower program.
 *
 * @param lanes floats in a vector
 * @param shares share of the peak by {@link BenchmarkCase#label}
 */
public record Baseline(int lanes, SequencedMap<String, Double> shares) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long MOST_BYTES = 1 << 20;

    /**
     * Reads what {@code ntm bench --save} or {@code --json} wrote.
     *
     * @param file the file
     * @return the shares in it
     * @throws UserException if it is something else
     */
    public static Baseline read(Path file) {
        JsonNode root;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw wrong(file, "it has more than 1 MiB");
            }
            root = JSON.readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new UserException(file + ": expected what ntm bench --save wrote: " + JsonProblem.describe(e), e);
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
        if (!root.path("lanes").isInt()) {
            throw wrong(file, "there is no whole number 'lanes'");
        }
        if (!root.path("cases").isArray() || root.path("cases").isEmpty()) {
            throw wrong(file, "there are no 'cases'");
        }
        SequencedMap<String, Double> shares = new LinkedHashMap<>();
        for (JsonNode entry : root.path("cases")) {
            JsonNode share = entry.path("share_of_peak");
            if (!entry.path("name").isString()
                    || !entry.path("batch").isInt()
                    || !entry.path("threads").isInt()
                    || !share.isNumber()
                    || !(share.asDouble() > 0)) {
                throw wrong(file, "case " + (shares.size() + 1) + " lacks a name, a batch, threads or a share_of_peak above 0");
            }
            String label = BenchmarkCase.label(
                    entry.path("name").asString(), entry.path("batch").asInt(), entry.path("threads").asInt());
            shares.put(label, share.asDouble());
        }
        return new Baseline(root.path("lanes").asInt(), shares);
    }

    private static UserException wrong(Path file, String what) {
        return new UserException(file + ": expected what ntm bench --save wrote, but " + what);
    }

    /**
     * How much less of the peak a case reaches now.
     *
     * @param figure the case now
     * @return 0.1 for a tenth less, negative for more; empty if the case was not measured then
     */
    public OptionalDouble fall(BenchmarkFigure figure) {
        Double before = shares.get(figure.label());
        return before == null ? OptionalDouble.empty() : OptionalDouble.of(1 - figure.shareOfPeak() / before);
    }
}
