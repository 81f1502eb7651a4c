package io.github.ntm4j.machines.dnc;

import io.github.ntm4j.engine.operation.Allocation;
import io.github.ntm4j.engine.operation.Constant;
import io.github.ntm4j.engine.operation.Cosine;
import io.github.ntm4j.engine.operation.CosineWeighting;
import io.github.ntm4j.engine.operation.EraseAdd;
import io.github.ntm4j.engine.operation.Join;
import io.github.ntm4j.engine.operation.Mixture;
import io.github.ntm4j.engine.operation.Precedence;
import io.github.ntm4j.engine.operation.Read;
import io.github.ntm4j.engine.operation.Sharpen;
import io.github.ntm4j.engine.operation.Term;
import io.github.ntm4j.engine.operation.Usage;
import io.github.ntm4j.engine.operation.WriteWeighting;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import io.github.ntm4j.machines.dnc.AllocationSettings.UsageOrder;
import io.github.ntm4j.machines.dnc.LinkSettings.Links;
import io.github.ntm4j.machines.memory.Memory;
import io.github.ntm4j.machines.signal.Signals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory of the Differentiable Neural Computer (Graves et al., Nature 538:471, 2016): rows that are written where they are free, or where they
 * are like a key, and read by their likeness to a key or in the order in which they were written. The numbers of the equations are those of
 * {@code docs/machines/dnc.md}.
 */
public final class Dnc implements Memory<DncState> {
    /** Of the softmax that stands in for an order of usages (Ben-Ari and Bekker 2017). */
    private static final double UNSORTED_STRENGTH = 2.13;

    private final DncConfig config;
    private final InterfaceLayer interfaceLayer;
    private final DncStart start;
    private final DncSignals signals;

    /**
     * Declares the parameters {@code interface.weight [columns][controller]}, {@code interface.bias [columns]}, of a normalised interface
     * {@code interface.scale} and {@code interface.shift [columns]}, and those of the initial state, if there are any. The columns are
     * {@code read keys, read strengths, write keys, write strengths, erases, write vectors, free gates, allocation gates, write gates, read modes
     * [, read masks, write masks][, forward sharpness, backward sharpness]}, each of them head by head.
     *
     * @param parameters where to declare them
     * @param signals where to declare what it shows of itself
     * @param controllerSize width of what the memory sees
     * @param config the settings; those of the controller mean nothing here
     */
    public Dnc(Parameters parameters, Signals signals, int controllerSize, DncConfig config) {
        this.config = config;
        this.interfaceLayer = new InterfaceLayer(parameters, controllerSize, config);
        this.start = new DncStart(parameters, config);
        this.signals = DncSignals.declare(signals, config);
    }

    @Override
    public int readWidth() {
        return config.store().readHeads() * config.store().width();
    }

    @Override
    public void initialise(Random64 random) {
        interfaceLayer.initialise(random);
    }

    @Override
    public void initialiseState(Random64 random) {
        start.initialise(random);
    }

    @Override
    public DncState initialState(Tape tape, int batch) {
        DncState first = start.state(tape, batch);
        signals.memory().recordBefore(tape, first.memory());
        for (int k = 0; k < signals.links().size(); k++) {
            signals.links().get(k).recordBefore(tape, first.links().get(k));
        }
        return first;
    }

    @Override
    public DncState step(Tape tape, Tensor hidden, DncState last) {
        Interface xi = told(tape, hidden); // eq. 2
        Usage usage = usage(tape, xi, last); // eq. 3, 4
        Tensor allocation = allocations(tape, xi, usage.usage()); // eq. 5
        Tensor lookup = lookup(tape, xi, last.memory()); // C(M', kw, bw)
        Tensor write = WriteWeighting.of(tape, allocation, lookup, xi.allocationGates(), xi.writeGates()); // eq. 6
        Tensor memory = written(tape, xi, last.memory(), usage.retention(), write); // eq. 7
        List<LinkStep> links = links(tape, last, write); // eq. 8, 10
        List<Tensor> precedences = precedences(tape, last.precedences(), write); // eq. 9
        Tensor content = content(tape, xi, memory); // C(M, kr, br)
        Tensor weighting = mixed(tape, xi, links, content); // eq. 11
        Tensor reads = Read.of(tape, memory, weighting); // eq. 12
        List<Tensor> linked = links.stream().map(LinkStep::link).toList();
        DncState state =
                new DncState(memory, usage.usage(), write, precedences, linked, weighting, reads, last.histories());
        signals.left(tape, state);
        return state;
    }

    private Interface told(Tape tape, Tensor hidden) {
        Interface xi = interfaceLayer.of(tape, hidden);
        signals.told(tape, xi);
        return xi;
    }

    private Usage usage(Tape tape, Interface xi, DncState last) {
        Usage.Gradient gradient =
                switch (config.allocation().usageGradient()) {
                    case STOP -> Usage.Gradient.STOP;
                    case FULL -> Usage.Gradient.FULL;
                };
        Usage usage = Usage.of(tape, last.usage(), last.writes(), xi.freeGates(), last.weightings(), gradient);
        signals.retention().record(tape, usage.retention());
        return usage;
    }

    /** Of several write heads, each finds taken what those before it will write. */
    private Tensor allocations(Tape tape, Interface xi, Tensor usage) {
        List<Tensor> all = new ArrayList<>();
        Tensor taken = usage;
        for (int k = 0; k < config.store().writeHeads(); k++) {
            if (k > 0) {
                taken = taken(tape, xi, taken, k - 1, all.getLast());
            }
            Tensor allocation = allocation(tape, taken);
            signals.writers().get(k).allocation().record(tape, allocation);
            all.add(allocation);
        }
        return all.size() == 1 ? all.getFirst() : Join.lines(tape, all);
    }

    private static Tensor taken(Tape tape, Interface xi, Tensor usage, int head, Tensor allocation) {
        Term taken = Term.of(tape, usage);
        Term gate = Term.of(tape, xi.allocationGates().lines(head, 1)).times(Term.of(tape, xi.writeGates().lines(head, 1)));
        return taken.plus(taken.complement().times(gate).times(Term.of(tape, allocation))).at();
    }

    private Tensor allocation(Tape tape, Tensor usage) {
        AllocationSettings settings = config.allocation();
        if (settings.usageOrder() == UsageOrder.SOFTMAX) {
            return Term.of(tape, usage).complement().times(UNSORTED_STRENGTH).softmax().at();
        }
        float rounding = settings.orderBits() == 0 ? 0 : Math.scalb(1f, -settings.orderBits());
        Allocation allocation = Allocation.of(tape, usage, (float) settings.allocationEpsilon(), rounding);
        signals.freeList().record(tape, allocation.freeList());
        return allocation.weighting();
    }

    private Tensor lookup(Tape tape, Interface xi, Tensor memory) {
        CosineWeighting content = content(tape, xi.writeKeys(), xi.writeStrengths(), xi.writeMasks(), memory);
        for (int k = 0; k < signals.writers().size(); k++) {
            signals.writers().get(k).similarity().record(tape, content.similarity().lines(k, 1));
            signals.writers().get(k).content().record(tape, content.weighting().lines(k, 1));
        }
        return content.weighting();
    }

    private Tensor content(Tape tape, Interface xi, Tensor memory) {
        CosineWeighting content = content(tape, xi.readKeys(), xi.readStrengths(), xi.readMasks(), memory);
        for (int i = 0; i < signals.readers().size(); i++) {
            signals.readers().get(i).similarity().record(tape, content.similarity().lines(i, 1));
            signals.readers().get(i).content().record(tape, content.weighting().lines(i, 1));
        }
        return content.weighting();
    }

    private CosineWeighting content(Tape tape, Tensor keys, Tensor strengths, @Nullable Tensor masks, Tensor memory) {
        Cosine cosine =
                switch (config.addressing().cosine()) {
                    case DENOMINATOR -> Cosine.DENOMINATOR;
                    case NORMS -> Cosine.NORMS;
                    case EXACT -> Cosine.NONE;
                };
        return masks == null
                ? CosineWeighting.of(tape, keys, strengths, memory, cosine)
                : CosineWeighting.of(tape, keys, masks, strengths, memory, cosine);
    }

    /** Several heads erase before any of them adds. */
    private Tensor written(Tape tape, Interface xi, Tensor memory, Tensor retention, Tensor write) {
        boolean together = config.store().writeHeads() > 1;
        Tensor nothing = together ? Constant.of(tape, memory.batch(), write.lines(), new float[write.lines() * memory.lines()]) : xi.erases();
        Tensor first = together ? nothing : xi.writeVectors();
        Tensor erased = config.allocation().deallocate()
                ? EraseAdd.of(tape, memory, retention, write, xi.erases(), first)
                : EraseAdd.of(tape, memory, write, xi.erases(), first);
        return together ? EraseAdd.of(tape, erased, write, nothing, xi.writeVectors()) : erased;
    }

    private List<LinkStep> links(Tape tape, DncState last, Tensor write) {
        List<LinkStep> links = new ArrayList<>();
        for (int k = 0; k < last.links().size(); k++) {
            Tensor link = last.links().get(k);
            Tensor precedence = last.precedences().get(k);
            Tensor own = write.lines(k, 1);
            LinkStep step = config.linking().links() == Links.SPARSE
                    ? LinkStep.sparse(tape, link, precedence, own, last.weightings())
                    : LinkStep.dense(tape, last.histories().get(k), link, precedence, own, last.weightings());
            signals.followed(tape, k, step);
            links.add(step);
        }
        return links;
    }

    private static List<Tensor> precedences(Tape tape, List<Tensor> last, Tensor write) {
        List<Tensor> precedences = new ArrayList<>();
        for (int k = 0; k < last.size(); k++) {
            precedences.add(Precedence.of(tape, last.get(k), write.lines(k, 1)));
        }
        return precedences;
    }

    private Tensor mixed(Tape tape, Interface xi, List<LinkStep> links, Tensor content) {
        if (xi.readModes() == null) {
            return content;
        }
        List<Tensor> parts = new ArrayList<>();
        links.forEach(link -> parts.add(sharpened(tape, link.backward(), xi.backwardSharpness())));
        parts.add(content);
        links.forEach(link -> parts.add(sharpened(tape, link.forward(), xi.forwardSharpness())));
        signals.sharpened(tape, parts);
        return Mixture.of(tape, xi.readModes(), parts);
    }

    private static Tensor sharpened(Tape tape, Tensor weighting, @Nullable Tensor sharpness) {
        return sharpness == null ? weighting : Sharpen.of(tape, weighting, sharpness);
    }
}
