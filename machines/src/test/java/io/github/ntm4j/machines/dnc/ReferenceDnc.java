package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.machines.dnc.AddressingSettings.Clip;
import io.github.ntm4j.machines.dnc.AddressingSettings.Strength;
import io.github.ntm4j.machines.dnc.AddressingSettings.Vectors;
import io.github.ntm4j.machines.dnc.AllocationSettings.UsageGradient;
import io.github.ntm4j.machines.dnc.AllocationSettings.UsageOrder;
import io.github.ntm4j.machines.dnc.LinkSettings.Links;
import io.github.ntm4j.machines.machine.reference.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The Differentiable Neural Computer of Graves et al. 2016 in doubles, for one sequence, with every named option. */
final class ReferenceDnc {
    private static final double EPSILON = 1e-6;
    private static final double SMALLEST_SQUARED_NORM = 1e-16;

    private final DncConfig config;
    private final Map<String, Variable> parameters;
    private final int rows;
    private final int width;
    private final int readHeads;
    private final int writeHeads;

    /** What a machine remembers; links row by row, for each write head. */
    record State(
            List<Variable> hidden,
            List<Variable> cells,
            List<Variable> memory,
            Variable usage,
            List<Variable> writeWeightings,
            List<Variable> precedences,
            List<List<Variable>> links,
            List<Variable> readWeightings,
            List<Variable> reads) {}

    /** What a step gives: the output before its sigmoid, the state after, and all else by its name in golden files. */
    record Step(Variable logits, State state, SequencedMap<String, double[]> parts) {}

    ReferenceDnc(DncConfig config, Map<String, Variable> parameters) {
        this.config = config;
        this.parameters = parameters;
        this.rows = config.store().rows();
        this.width = config.store().width();
        this.readHeads = config.store().readHeads();
        this.writeHeads = config.store().writeHeads();
    }

    State initialState() {
        List<Variable> vectors = list(lstmLayers(), i -> Variable.of(new double[config.controller().controllerSize()]));
        return switch (config.store().start()) {
            case ZERO -> start(vectors, constants(rows, width, 0), constants(writeHeads, rows, 0), constants(readHeads, rows, 0), 0);
            case SMALL -> start(
                    vectors,
                    constants(rows, width, EPSILON),
                    constants(writeHeads, rows, EPSILON),
                    constants(readHeads, rows, EPSILON),
                    EPSILON);
            case RANDOM -> start(
                    vectors,
                    constants(rows, width, 1.0 / (rows * width)),
                    lines("initial_write_weighting", writeHeads),
                    lines("initial_read_weighting", readHeads),
                    0);
            case LEARNED -> start(
                    vectors, lines("initial_memory", rows), constants(writeHeads, rows, 0), constants(readHeads, rows, 0), 0);
        };
    }

    private State start(List<Variable> vectors, List<Variable> memory, List<Variable> writes, List<Variable> readers, double read) {
        return new State(
                vectors,
                vectors,
                memory,
                constants(1, rows, 0).getFirst(),
                writes,
                constants(linked() ? writeHeads : 0, rows, 0),
                list(linked() ? writeHeads : 0, i -> constants(rows, rows, 0)),
                readers,
                constants(readHeads, width, read));
    }

    private boolean linked() {
        return config.linking().links() != Links.NONE;
    }

    private int lstmLayers() {
        return config.controller().controller() == ControllerSettings.Kind.LSTM ? config.controller().controllerLayers() : 0;
    }

    private static List<Variable> constants(int count, int size, double value) {
        double[] vector = new double[size];
        Arrays.fill(vector, value);
        return list(count, i -> Variable.of(vector));
    }

    private List<Variable> lines(String name, int count) {
        return parts(parameters.get(name), count);
    }

    private static List<Variable> parts(Variable all, int count) {
        int size = all.size() / count;
        return list(count, i -> all.slice(i * size, size));
    }

    private static <T> List<T> list(int count, IntFunction<T> make) {
        return IntStream.range(0, count).mapToObj(make).toList();
    }

    /** The interface vector, taken apart from the front. */
    private static final class Cursor {
        private final Variable vector;
        private int at;

        Cursor(Variable vector) {
            this.vector = vector;
        }

        Variable next(int count) {
            at += count;
            return vector.slice(at - count, count);
        }

        List<Variable> next(int heads, int count) {
            return heads == 0 ? List.of() : parts(next(heads * count), heads);
        }

        void requireEnd() {
            if (at != vector.size()) {
                throw new AssertionError("interface: expected " + at + " elements, got " + vector.size());
            }
        }
    }

    Step step(Variable x, State last) {
        SequencedMap<String, double[]> seen = new LinkedHashMap<>();
        List<Variable> hidden = new ArrayList<>();
        List<Variable> cells = new ArrayList<>();
        Variable h = controller(x, last, hidden, cells);
        boolean linked = linked();
        boolean masked = config.addressing().mask();
        boolean sharpened = config.linking().sharpen();

        // The interface vector.
        Variable raw = linear("interface", h);
        if (config.addressing().layerNorm()) {
            raw = normalised(raw).times(parameters.get("interface.scale")).plus(parameters.get("interface.shift"));
        }
        Variable xi = config.addressing().clip() == Clip.INTERFACE ? clipped(raw) : raw;
        Cursor cursor = new Cursor(xi);
        List<Variable> readKeys = vectors(cursor.next(readHeads, width));
        Variable readStrengths = strength(cursor.next(readHeads));
        List<Variable> writeKeys = vectors(cursor.next(writeHeads, width));
        Variable writeStrengths = strength(cursor.next(writeHeads));
        List<Variable> erases = cursor.next(writeHeads, width).stream().map(Variable::sigmoid).toList();
        List<Variable> writeVectors = vectors(cursor.next(writeHeads, width));
        Variable freeGates = cursor.next(readHeads).sigmoid();
        Variable allocationGates = cursor.next(writeHeads).sigmoid();
        Variable writeGates = cursor.next(writeHeads).sigmoid();
        List<Variable> modes = linked
                ? cursor.next(readHeads, 1 + 2 * writeHeads).stream().map(Variable::softmax).toList()
                : List.of();
        List<Variable> readMasks = mask(cursor.next(masked ? readHeads : 0, width));
        List<Variable> writeMasks = mask(cursor.next(masked ? writeHeads : 0, width));
        Variable forwardSharpness = sharpened ? oneplus(cursor.next(readHeads)) : Variable.of(0);
        Variable backwardSharpness = sharpened ? oneplus(cursor.next(readHeads)) : Variable.of(0);
        cursor.requireEnd();

        // Retention and usage.
        Variable retention = Variable.of(1);
        for (int r = 0; r < readHeads; r++) {
            retention = retention.times(freeGates.element(r).times(last.readWeightings().get(r)).complement());
        }
        Variable kept = Variable.of(1);
        for (Variable weighting : last.writeWeightings()) {
            kept = kept.times(weighting.complement());
        }
        Variable written = config.allocation().usageGradient() == UsageGradient.STOP ? kept.complement().stop() : kept.complement();
        Variable usage = last.usage().plus(written).minus(last.usage().times(written)).times(retention);

        // Write.
        List<Variable> writeWeightings = new ArrayList<>();
        List<Variable> writeContents = new ArrayList<>();
        Variable taken = usage;
        for (int k = 0; k < writeHeads; k++) {
            Variable allocation = allocation(taken, k == 0 ? seen : new LinkedHashMap<>());
            Variable content = content(
                    last.memory(), writeKeys.get(k), writeStrengths.element(k), masked ? writeMasks.get(k) : Variable.of(1));
            Variable gate = allocationGates.element(k);
            writeWeightings.add(writeGates
                    .element(k)
                    .times(gate.times(allocation).plus(gate.complement().times(content))));
            writeContents.add(content);
            taken = taken.plus(taken.complement().times(gate.times(writeGates.element(k))).times(allocation));
        }
        List<Variable> memory = new ArrayList<>();
        for (int n = 0; n < rows; n++) {
            Variable row = last.memory().get(n);
            if (config.allocation().deallocate()) {
                row = row.times(retention.size() == 1 ? retention : retention.element(n));
            }
            for (int k = 0; k < writeHeads; k++) {
                row = row.times(writeWeightings.get(k).element(n).times(erases.get(k)).complement());
            }
            for (int k = 0; k < writeHeads; k++) {
                row = row.plus(writeWeightings.get(k).element(n).times(writeVectors.get(k)));
            }
            memory.add(row);
        }

        // Links and precedence.
        List<List<Variable>> links = new ArrayList<>();
        List<Variable> precedences = new ArrayList<>();
        for (int k = 0; linked && k < writeHeads; k++) {
            Variable w = writeWeightings.get(k);
            Variable p = last.precedences().get(k);
            links.add(links(last.links().get(k), w, p));
            precedences.add(w.sum().complement().times(p).plus(w));
        }

        // Read.
        List<Variable> readWeightings = new ArrayList<>();
        List<Variable> reads = new ArrayList<>();
        List<Variable> forwards = new ArrayList<>();
        List<Variable> backwards = new ArrayList<>();
        List<Variable> forwardsSharpened = new ArrayList<>();
        List<Variable> backwardsSharpened = new ArrayList<>();
        List<Variable> readContents = new ArrayList<>();
        for (int r = 0; r < readHeads; r++) {
            Variable content =
                    content(memory, readKeys.get(r), readStrengths.element(r), masked ? readMasks.get(r) : Variable.of(1));
            readContents.add(content);
            Variable weighting = content;
            if (linked) {
                Variable mode = modes.get(r);
                weighting = mode.element(writeHeads).times(content);
                for (int k = 0; k < writeHeads; k++) {
                    Variable before = last.readWeightings().get(r);
                    Variable forward = product(links.get(k), before);
                    Variable backward = transposedProduct(links.get(k), before);
                    forwards.add(forward);
                    backwards.add(backward);
                    if (sharpened) {
                        forward = sharpen(forward, forwardSharpness.element(r));
                        backward = sharpen(backward, backwardSharpness.element(r));
                        forwardsSharpened.add(forward);
                        backwardsSharpened.add(backward);
                    }
                    weighting = weighting
                            .plus(mode.element(k).times(backward))
                            .plus(mode.element(writeHeads + 1 + k).times(forward));
                }
            }
            readWeightings.add(weighting);
            reads.add(transposedProduct(memory, weighting));
        }

        Variable y = linear("output", join(h, reads));
        Variable logits = config.addressing().clip() == Clip.STATE ? clipped(y) : y;
        seen.put("controller_h", flat(hidden.isEmpty() ? List.of(h) : hidden));
        seen.put("controller_c", flat(cells));
        seen.put("interface", xi.value());
        seen.put("retention", retention.value());
        seen.put("usage", usage.value());
        seen.put("write_content", flat(writeContents));
        seen.put("write_weighting", flat(writeWeightings));
        seen.put("memory", flat(memory));
        seen.put("precedence", flat(precedences));
        seen.put("link", flat(links.stream().flatMap(List::stream).toList()));
        seen.put("forward", flat(forwards));
        seen.put("backward", flat(backwards));
        seen.put("forward_sharpened", flat(forwardsSharpened));
        seen.put("backward_sharpened", flat(backwardsSharpened));
        seen.put("read_content", flat(readContents));
        seen.put("read_modes", flat(modes));
        seen.put("read_weighting", flat(readWeightings));
        seen.put("reads", flat(reads));
        seen.put("logits", logits.value());
        State state = new State(
                hidden, cells, memory, usage, writeWeightings, precedences, links, readWeightings, reads);
        return new Step(logits, state, seen);
    }

    private static double[] flat(List<Variable> variables) {
        return variables.isEmpty() ? new double[0] : Variable.join(variables).value();
    }

    /** Every LSTM layer sees the input, what was read in the last step, its own last output and that of the layer below. */
    private Variable controller(Variable x, State last, List<Variable> hidden, List<Variable> cells) {
        ControllerSettings settings = config.controller();
        Variable chi =
                join(x, settings.feedReads() ? last.reads() : constants(readHeads, width, 0));
        List<Variable> seen = new ArrayList<>();
        for (int i = 0; i < settings.controllerLayers(); i++) {
            seen.add(
                    switch (settings.controller()) {
                        case LSTM -> lstm(
                                "controller.lstm_" + i, i == 0 ? chi : join(chi, List.of(seen.getLast())), last, i, hidden, cells);
                        case FEED_FORWARD -> squash(linear("controller.layer_" + i, i == 0 ? chi : seen.getLast()));
                    });
        }
        return settings.controller() == ControllerSettings.Kind.LSTM ? Variable.join(seen) : seen.getLast();
    }

    private Variable squash(Variable x) {
        return switch (config.controller().controllerActivation()) {
            case NONE -> x;
            case TANH -> x.tanh();
            case SIGMOID -> x.sigmoid();
            case RELU -> x.within(0, Double.POSITIVE_INFINITY);
        };
    }

    private Variable lstm(String name, Variable x, State last, int layer, List<Variable> hidden, List<Variable> cells) {
        int size = config.controller().controllerSize();
        double limit = config.controller().controllerGradientClip();
        Clip clip = config.addressing().clip();
        Variable sum = parameters.get(name + ".weight_input").product(x)
                .plus(parameters.get(name + ".weight_hidden").product(last.hidden().get(layer)))
                .plus(parameters.get(name + ".bias"));
        Variable gates = limit > 0 ? sum.derivativeWithin(-limit, limit) : sum;
        Variable cell = gates.slice(size, size).sigmoid().times(last.cells().get(layer))
                .plus(gates.slice(0, size).sigmoid().times(gates.slice(2 * size, size).tanh()));
        Variable h = gates.slice(3 * size, size).sigmoid().times(cell.tanh());
        cells.add(clip == Clip.STATE ? clipped(cell) : cell);
        hidden.add(clip == Clip.STATE ? clipped(h) : h);
        return clip == Clip.NONE || clip == Clip.INTERFACE ? h : clipped(h);
    }

    private Variable linear(String name, Variable x) {
        return parameters.get(name + ".weight").product(x).plus(parameters.get(name + ".bias"));
    }

    private static Variable join(Variable first, List<Variable> others) {
        List<Variable> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return Variable.join(all);
    }

    private Variable clipped(Variable x) {
        return x.within(-config.addressing().clipValue(), config.addressing().clipValue());
    }

    private static Variable normalised(Variable x) {
        Variable n = Variable.of(x.size());
        Variable centred = x.minus(x.sum().over(n));
        return centred.over(centred.dot(centred).over(n).plus(Variable.of(EPSILON)).root());
    }

    private List<Variable> vectors(List<Variable> raw) {
        return config.addressing().vectors() == Vectors.TANH ? raw.stream().map(Variable::tanh).toList() : raw;
    }

    private Variable strength(Variable raw) {
        return config.addressing().strength() == Strength.ONEPLUS ? oneplus(raw) : raw.softplus();
    }

    private static Variable oneplus(Variable raw) {
        return raw.softplus().plus(Variable.of(1));
    }

    private List<Variable> mask(List<Variable> raw) {
        double least = config.addressing().maskMinimum();
        return raw.stream()
                .map(x -> x.sigmoid().times(Variable.of(1 - least)).plus(Variable.of(least)))
                .toList();
    }

    private Variable allocation(Variable usage, Map<String, double[]> seen) {
        if (config.allocation().usageOrder() == UsageOrder.SOFTMAX) {
            Variable allocation = usage.complement().times(Variable.of(2.13)).softmax();
            seen.put("allocation", allocation.value());
            return allocation;
        }
        double epsilon = config.allocation().allocationEpsilon();
        Variable s = usage.times(Variable.of(1 - epsilon)).plus(Variable.of(epsilon));
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> rounded(usage.value()[i])));
        Variable[] allocation = new Variable[rows];
        Variable before = Variable.of(1);
        for (int row : order) {
            allocation[row] = s.element(row).complement().times(before);
            before = before.times(s.element(row));
        }
        Variable all = Variable.join(List.of(allocation));
        seen.put("free_list", Arrays.stream(order).mapToDouble(i -> i).toArray());
        seen.put("allocation", all.value());
        return all;
    }

    private double rounded(double usage) {
        int bits = config.allocation().orderBits();
        return bits == 0 ? usage : Math.rint(Math.scalb(usage, bits));
    }

    private Variable content(List<Variable> memory, Variable key, Variable strength, Variable mask) {
        Variable k = key.times(mask);
        List<Variable> cosines = new ArrayList<>();
        for (Variable row : memory) {
            cosines.add(cosine(k, row.times(mask)));
        }
        return Variable.join(cosines).times(strength).softmax();
    }

    private Variable cosine(Variable k, Variable m) {
        Variable epsilon = Variable.of(EPSILON);
        Variable norms =
                switch (config.addressing().cosine()) {
                    case DENOMINATOR -> k.norm().times(m.norm()).plus(epsilon);
                    case NORMS -> k.dot(k).plus(epsilon).root().times(m.dot(m).plus(epsilon).root()).plus(epsilon);
                    case EXACT -> k.dot(k).within(SMALLEST_SQUARED_NORM, Double.POSITIVE_INFINITY).root()
                            .times(m.dot(m).within(SMALLEST_SQUARED_NORM, Double.POSITIVE_INFINITY).root());
                };
        return k.dot(m).over(norms);
    }

    private List<Variable> links(List<Variable> last, Variable w, Variable p) {
        boolean sparse = config.linking().links() == Links.SPARSE;
        Variable to = sparse ? largest(w) : w;
        Variable from = sparse ? largest(p) : p;
        List<Variable> links = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double[] others = new double[rows];
            Arrays.fill(others, 1);
            others[i] = 0;
            Variable row = to.element(i).plus(to).complement().times(last.get(i)).plus(to.element(i).times(from)).times(Variable.of(others));
            links.add(sparse ? large(row) : row);
        }
        return links;
    }

    /** The largest elements, equal ones by the lower index, divided by their sum; all others are 0. */
    private Variable largest(Variable x) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
        order.sort(Comparator.comparing((Integer i) -> x.value()[i], Collections.reverseOrder()));
        double[] chosen = new double[rows];
        for (int i : order.subList(0, config.linking().linkEntries())) {
            chosen[i] = 1;
        }
        Variable kept = x.times(Variable.of(chosen));
        return kept.value().length == 0 || kept.sum().value()[0] == 0 ? kept : kept.over(kept.sum());
    }

    /** The elements that are not below 1 / entries; all others become 0. */
    private Variable large(Variable x) {
        double[] chosen = Arrays.stream(x.value()).map(v -> v < 1.0 / config.linking().linkEntries() ? 0 : 1).toArray();
        return x.times(Variable.of(chosen));
    }

    private static Variable product(List<Variable> matrix, Variable x) {
        return Variable.join(matrix.stream().map(row -> row.dot(x)).toList());
    }

    private static Variable transposedProduct(List<Variable> matrix, Variable x) {
        Variable sum = Variable.of(0);
        for (int i = 0; i < matrix.size(); i++) {
            sum = sum.plus(matrix.get(i).times(x.element(i)));
        }
        return sum;
    }

    private static Variable sharpen(Variable weighting, Variable sharpness) {
        return weighting.plus(Variable.of(EPSILON)).log().times(sharpness).softmax();
    }
}
