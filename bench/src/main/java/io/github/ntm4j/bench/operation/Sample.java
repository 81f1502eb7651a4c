package io.github.ntm4j.bench.operation;

import static io.github.ntm4j.bench.DefaultMachine.GATE_STRIDE;
import static io.github.ntm4j.bench.DefaultMachine.HEADS;
import static io.github.ntm4j.bench.DefaultMachine.INPUTS;
import static io.github.ntm4j.bench.DefaultMachine.OUTPUTS;
import static io.github.ntm4j.bench.DefaultMachine.ROWS;
import static io.github.ntm4j.bench.DefaultMachine.SHIFTS;
import static io.github.ntm4j.bench.DefaultMachine.UNITS;
import static io.github.ntm4j.bench.DefaultMachine.WIDTH;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.operation.ActivateColumns;
import io.github.ntm4j.engine.operation.Allocation;
import io.github.ntm4j.engine.operation.BitCrossEntropy;
import io.github.ntm4j.engine.operation.Clip;
import io.github.ntm4j.engine.operation.Columns;
import io.github.ntm4j.engine.operation.Constant;
import io.github.ntm4j.engine.operation.ContentWeighting;
import io.github.ntm4j.engine.operation.Cosine;
import io.github.ntm4j.engine.operation.CosineWeighting;
import io.github.ntm4j.engine.operation.Draw;
import io.github.ntm4j.engine.operation.Dropout;
import io.github.ntm4j.engine.operation.EraseAdd;
import io.github.ntm4j.engine.operation.Gather;
import io.github.ntm4j.engine.operation.Join;
import io.github.ntm4j.engine.operation.Largest;
import io.github.ntm4j.engine.operation.LayerNorm;
import io.github.ntm4j.engine.operation.LimitDerivative;
import io.github.ntm4j.engine.operation.Linear;
import io.github.ntm4j.engine.operation.LinkHistory;
import io.github.ntm4j.engine.operation.LocationWeighting;
import io.github.ntm4j.engine.operation.LstmCell;
import io.github.ntm4j.engine.operation.MaskedSoftmax;
import io.github.ntm4j.engine.operation.Mixture;
import io.github.ntm4j.engine.operation.Pad;
import io.github.ntm4j.engine.operation.Pointwise;
import io.github.ntm4j.engine.operation.Precedence;
import io.github.ntm4j.engine.operation.Product;
import io.github.ntm4j.engine.operation.Read;
import io.github.ntm4j.engine.operation.Repeat;
import io.github.ntm4j.engine.operation.Roll;
import io.github.ntm4j.engine.operation.Scan;
import io.github.ntm4j.engine.operation.Scatter;
import io.github.ntm4j.engine.operation.Sharpen;
import io.github.ntm4j.engine.operation.Softmax;
import io.github.ntm4j.engine.operation.Sort;
import io.github.ntm4j.engine.operation.SparseLink;
import io.github.ntm4j.engine.operation.SquaredError;
import io.github.ntm4j.engine.operation.Sum;
import io.github.ntm4j.engine.operation.SymbolCrossEntropy;
import io.github.ntm4j.engine.operation.TemporalLink;
import io.github.ntm4j.engine.operation.Term;
import io.github.ntm4j.engine.operation.Transpose;
import io.github.ntm4j.engine.operation.Usage;
import io.github.ntm4j.engine.operation.WriteWeighting;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;

/** One operation each, as the default machine uses it. {@code SampleTest} fails when an operation of the engine is missing. */
public enum Sample {
    /** The functions of what the controller tells the heads. */
    ACTIVATE_COLUMNS,
    /** Where a memory has room whose rows are in use to all degrees. */
    ALLOCATION,
    /** The loss of a step whose targets are bits. */
    BIT_CROSS_ENTROPY,
    /** Clipping of the outputs, where a machine asks for it. */
    CLIP,
    /** The limit of an LSTM's derivatives, where a machine asks for it. */
    LIMIT_DERIVATIVE,
    /** The memory before the first step. */
    CONSTANT,
    /** Addressing by content. */
    CONTENT_WEIGHTING,
    /** Addressing by content through masks. */
    COSINE_WEIGHTING,
    /** A head drawn by chance. */
    DRAW,
    /** Half of the outputs dropped. */
    DROPOUT,
    /** Writing. It erases nothing: any erase would let the derivative by the memory, which is turned in place, decay from call to call. */
    ERASE_ADD,
    /** Weightings by the order of the rows. */
    GATHER,
    /** What a controller sees: reads side by side. */
    JOIN,
    /** The largest weight of each head. */
    LARGEST,
    /** The line in which a controller says everything to the heads. */
    LAYER_NORM,
    /** The gates of the LSTM; on the way back with the derivative by the weights. */
    LINEAR,
    /** Addressing by location. */
    LOCATION_WEIGHTING,
    /** The cell of the LSTM. */
    LSTM_CELL,
    /** A softmax with a mask that hides nothing: what is hidden is minus infinity on the tape, which the check takes for a mistake. */
    MASKED_SOFTMAX,
    /** Three read modes. */
    MIXTURE,
    /** A memory with a row of zeros on both sides. */
    PAD,
    /** Writing in plain terms. */
    POINTWISE,
    /** How recently each row was written. */
    PRECEDENCE,
    /** Reading in plain terms. */
    PRODUCT,
    /** Reading. */
    READ,
    /** The learned state before the first step. */
    REPEAT,
    /** A shift by one row. */
    ROLL,
    /** The running product of an allocation. */
    SCAN,
    /** Weightings put back into the order of the rows. */
    SCATTER,
    /** Sharpening of what links lead to. */
    SHARPEN,
    /** Learned weightings before the first step. */
    SOFTMAX,
    /** The order of the rows. */
    SORT,
    /** The order of writing in its largest entries, of rows that were written one after the other and are not now. */
    SPARSE_LINK,
    /** The loss of a step whose targets are real numbers. */
    SQUARED_ERROR,
    /** The sum of each line. */
    SUM,
    /** The loss of a step whose target is a symbol. */
    SYMBOL_CROSS_ENTROPY,
    /** The order of writing. Nothing was written, so that the derivative by the link, which is turned in place, stays as it is. */
    TEMPORAL_LINK,
    /** A memory by rows. */
    TRANSPOSE,
    /** How much each row is in use. */
    USAGE,
    /** Where to write, between room and content. */
    WRITE_WEIGHTING;

    /** Of a row of sparse links. */
    private static final int ENTRIES = 8;

    /** Records the operation and fills the derivatives by its results. */
    void record(Operands operands) {
        results(operands).stream().filter(Tensor::hasGradient).forEach(operands::fillDerivatives);
    }

    private List<Tensor> results(Operands o) {
        Tape tape = o.tape();
        return switch (this) {
            case ACTIVATE_COLUMNS -> List.of(ActivateColumns.of(tape, o.uniform(1, end(headColumns()), -4, 4), headColumns()));
            case ALLOCATION -> List.of(Allocation.of(tape, o.uniform(1, ROWS, 0, 1), 1e-6f, 0f).weighting());
            case BIT_CROSS_ENTROPY -> List.of(
                    BitCrossEntropy.of(tape, o.uniform(1, OUTPUTS, -4, 4), o.plain(1, OUTPUTS, 0, 1), o.plain(1, 1, 1, 1)));
            case LIMIT_DERIVATIVE -> List.of(LimitDerivative.of(tape, o.uniform(1, OUTPUTS, -4, 4), 10));
            case CLIP -> List.of(Clip.of(tape, o.uniform(1, OUTPUTS, -40, 40), 20));
            case CONSTANT -> List.of(Constant.of(tape, o.batch(), WIDTH, new float[WIDTH * ROWS]));
            case CONTENT_WEIGHTING -> List.of(ContentWeighting.of(
                    tape, o.uniform(HEADS, WIDTH, -1, 1), o.uniform(HEADS, 1, 0.5, 2), o.uniform(WIDTH, ROWS, -1, 1)).weighting());
            case COSINE_WEIGHTING -> List.of(CosineWeighting.of(
                            tape,
                            o.uniform(HEADS, WIDTH, -1, 1),
                            o.uniform(HEADS, WIDTH, 0.1, 1),
                            o.uniform(HEADS, 1, 0.5, 2),
                            o.uniform(WIDTH, ROWS, -1, 1),
                            Cosine.DENOMINATOR)
                    .weighting());
            case DRAW -> List.of(Draw.of(tape, o.distributions(HEADS, ROWS), o.plain(HEADS, 1, 0, 1)));
            case DROPOUT -> List.of(Dropout.of(tape, o.uniform(1, UNITS, -1, 1), o.plain(1, UNITS, 0, 2)));
            case ERASE_ADD -> List.of(EraseAdd.of(
                    tape, o.uniform(WIDTH, ROWS, -1, 1), o.distributions(1, ROWS), o.zeros(1, WIDTH), o.uniform(1, WIDTH, -1, 1)));
            case GATHER -> List.of(Gather.of(tape, o.uniform(HEADS, ROWS, -1, 1), o.order(HEADS, ROWS)));
            case JOIN -> List.of(Join.columns(tape, List.of(o.uniform(1, INPUTS, -1, 1), o.uniform(1, WIDTH, -1, 1))));
            case LARGEST -> List.of(Largest.ofEachLine(tape, o.uniform(HEADS, ROWS, -1, 1)));
            case LAYER_NORM -> List.of(LayerNorm.of(
                    tape, o.uniform(1, end(headColumns()), -4, 4), o.grid(1, end(headColumns())), o.grid(1, end(headColumns()))));
            case LINEAR -> List.of(Linear.of(
                    tape,
                    o.matrix(INPUTS + WIDTH + UNITS, 4, UNITS),
                    List.of(o.plain(1, INPUTS, 0, 1), o.uniform(1, WIDTH, -1, 1), o.uniform(1, UNITS, -1, 1))));
            case LOCATION_WEIGHTING -> List.of(LocationWeighting.of(
                            tape,
                            o.distributions(HEADS, ROWS),
                            o.distributions(HEADS, ROWS),
                            o.uniform(HEADS, 1, 0.25, 0.75),
                            o.distributions(HEADS, SHIFTS),
                            o.uniform(HEADS, 1, 1, 2))
                    .weighting());
            case LSTM_CELL -> {
                LstmCell.State state = LstmCell.of(tape, gates(o), o.uniform(1, UNITS, -1, 1));
                yield List.of(state.hidden(), state.cell());
            }
            case MASKED_SOFTMAX -> List.of(MaskedSoftmax.of(tape, o.uniform(HEADS, ROWS, -1, 1), o.plain(1, ROWS, 0.5, 1)));
            case MIXTURE -> List.of(Mixture.of(
                    tape,
                    o.distributions(HEADS, 3),
                    List.of(o.distributions(HEADS, ROWS), o.distributions(HEADS, ROWS), o.distributions(HEADS, ROWS))));
            case PAD -> List.of(Pad.of(tape, o.uniform(WIDTH, ROWS, -1, 1), 0, 0, 1, 1));
            case POINTWISE -> List.of(written(o));
            case PRECEDENCE -> List.of(Precedence.of(tape, o.distributions(1, ROWS), o.distributions(1, ROWS)));
            case PRODUCT -> List.of(Product.against(tape, o.uniform(HEADS, ROWS, -1, 1), o.uniform(WIDTH, ROWS, -1, 1)));
            case READ -> List.of(Read.of(tape, o.uniform(WIDTH, ROWS, -1, 1), o.distributions(1, ROWS)));
            case REPEAT -> List.of(Repeat.of(tape, o.grid(1, UNITS), o.batch()));
            case ROLL -> List.of(Roll.columns(tape, o.uniform(HEADS, ROWS, -1, 1), 1));
            case SCAN -> List.of(Scan.product(tape, o.uniform(1, ROWS, 0.9, 1), Scan.Way.EXCLUSIVE));
            case SCATTER -> List.of(Scatter.of(tape, o.uniform(HEADS, ROWS, -1, 1), o.order(HEADS, ROWS), ROWS));
            case SHARPEN -> List.of(Sharpen.of(tape, o.distributions(HEADS, ROWS), o.uniform(HEADS, 1, 1, 2)));
            case SOFTMAX -> List.of(Softmax.of(tape, o.uniform(HEADS, ROWS, -1, 1)));
            case SORT -> List.of(Sort.of(tape, o.uniform(1, ROWS, 0, 1), 0f));
            case SPARSE_LINK -> {
                SparseLink link = SparseLink.of(
                        tape, o.chain(ROWS, ENTRIES), o.distributions(1, ROWS), o.zeros(1, ROWS), o.distributions(HEADS, ROWS));
                yield List.of(link.link(), link.forwardWeighting(), link.backwardWeighting());
            }
            case SQUARED_ERROR -> List.of(
                    SquaredError.of(tape, o.uniform(1, OUTPUTS, -4, 4), o.plain(1, OUTPUTS, -4, 4), o.plain(1, 1, 1, 1)));
            case SUM -> List.of(Sum.ofEachLine(tape, o.uniform(HEADS, ROWS, -1, 1)));
            case SYMBOL_CROSS_ENTROPY -> List.of(SymbolCrossEntropy.of(
                    tape, o.uniform(1, OUTPUTS, -4, 4), o.distributions(1, OUTPUTS), o.plain(1, 1, 1, 1)));
            case TEMPORAL_LINK -> {
                TemporalLink link = TemporalLink.of(
                        tape,
                        new LinkHistory(1),
                        o.uniform(ROWS, ROWS, 0, 1),
                        o.distributions(1, ROWS),
                        o.zeros(1, ROWS),
                        o.distributions(HEADS, ROWS));
                yield List.of(link.link(), link.forwardWeighting(), link.backwardWeighting());
            }
            case TRANSPOSE -> List.of(Transpose.of(tape, o.uniform(WIDTH, ROWS, -1, 1)));
            case USAGE -> {
                Usage usage = Usage.of(
                        tape,
                        o.uniform(1, ROWS, 0, 1),
                        o.distributions(1, ROWS),
                        o.uniform(HEADS, 1, 0, 1),
                        o.distributions(HEADS, ROWS),
                        Usage.Gradient.FULL);
                yield List.of(usage.retention(), usage.usage());
            }
            case WRITE_WEIGHTING -> List.of(WriteWeighting.of(
                    tape, o.distributions(1, ROWS), o.distributions(1, ROWS), o.uniform(1, 1, 0, 1), o.uniform(1, 1, 0, 1)));
        };
    }

    /** What one head erases and adds, as a chain. */
    private static Tensor written(Operands o) {
        Term memory = Term.of(o.tape(), o.uniform(WIDTH, ROWS, -1, 1));
        Term weighting = Term.of(o.tape(), o.distributions(1, ROWS));
        Term erase = Term.of(o.tape(), o.uniform(1, WIDTH, 0, 1)).column();
        Term add = Term.of(o.tape(), o.uniform(1, WIDTH, -1, 1)).column();
        return memory.times(erase.times(weighting).complement()).plus(add.times(weighting)).at();
    }

    /** Keys, strengths, gates, sharpenings and shifts of all heads, the erase and the add of the one that writes. */
    private static List<Columns> headColumns() {
        List<Columns> columns = new ArrayList<>();
        columns.add(Columns.of(0, HEADS * WIDTH, Activation.TANH));
        columns.add(Columns.of(end(columns), HEADS, Activation.SOFTPLUS));
        columns.add(Columns.of(end(columns), HEADS, Activation.SIGMOID));
        columns.add(Columns.of(end(columns), HEADS, Activation.ONE_PLUS_SOFTPLUS));
        for (int head = 0; head < HEADS; head++) {
            columns.add(Columns.softmax(end(columns), SHIFTS));
        }
        columns.add(Columns.of(end(columns), WIDTH, Activation.SIGMOID));
        columns.add(Columns.of(end(columns), WIDTH, Activation.TANH));
        return columns;
    }

    private static int end(List<Columns> columns) {
        return columns.getLast().from() + columns.getLast().count();
    }

    /** {@code [batch][4][units]} with the lines as close together as a product leaves them. */
    private static Tensor gates(Operands o) {
        return o.uniform(1, 4 * GATE_STRIDE, -4, 4).split(4, GATE_STRIDE).slice(0, UNITS);
    }
}
