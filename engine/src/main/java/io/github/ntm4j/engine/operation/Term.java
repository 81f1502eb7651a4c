package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.kernel.ElementFunction.*;

import io.github.ntm4j.engine.kernel.ElementFunction;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A value of plain arithmetic, {@code [batch][lines][size]}, so that an equation reads from left to right. Pointwise operations
 * broadcast: an axis of lines or size that is 1 counts for all. They are not recorded one by one but collected into a chain, which becomes one
 * {@link Pointwise} as soon as something else takes the value ({@link #at}).
 */
public final class Term {
    private final Tape tape;
    private final Chain chain;

    private Term(Tape tape, Chain chain) {
        this.tape = tape;
        this.chain = chain;
    }

    /**
     * {@return a tensor as a term}
     *
     * @param tape where it is recorded
     * @param tensor the tensor
     */
    public static Term of(Tape tape, Tensor tensor) {
        return new Term(tape, Chain.of(tensor));
    }

    /**
     * {@return terms side by side, line by line}
     *
     * @param terms at least one, of the same lines
     */
    public static Term join(Term... terms) {
        return terms[0].of(Join.columns(terms[0].tape, Stream.of(terms).map(Term::at).toList()));
    }

    /**
     * {@return terms below one another}
     *
     * @param terms at least one, of the same size
     */
    public static Term stack(Term... terms) {
        return terms[0].of(Join.lines(terms[0].tape, Stream.of(terms).map(Term::at).toList()));
    }

    /** Room for a result. A column is dense, so that it can be seen as a line. */
    static Tensor allocate(Tape tape, int batch, int lines, int size) {
        return size == 1 ? tape.allocate(batch, lines, 1, 1) : tape.allocate(batch, lines, size);
    }

    /** {@return its place; a chain is recorded the first time that somebody asks} */
    public Tensor at() {
        return chain.on(tape);
    }

    private Term of(Tensor tensor) {
        return of(tape, tensor);
    }

    private Term apply(ElementFunction function, Term... others) {
        return new Term(tape, chain.apply(tape, function, Stream.of(others).map(other -> other.chain).toList()));
    }

    private Term number(double value) {
        return new Term(tape, Chain.number(value));
    }

    // Pointwise.

    /**
     * {@return this + other}
     *
     * @param other what is added
     */
    public Term plus(Term other) {
        return apply(PLUS, other);
    }

    /**
     * {@return this + number}
     *
     * @param number what is added
     */
    public Term plus(double number) {
        return apply(PLUS, number(number));
    }

    /**
     * {@return this - other}
     *
     * @param other what is taken away
     */
    public Term minus(Term other) {
        return apply(MINUS, other);
    }

    /**
     * {@return this times other}
     *
     * @param other the factor
     */
    public Term times(Term other) {
        return apply(TIMES, other);
    }

    /**
     * {@return this times number}
     *
     * @param number the factor
     */
    public Term times(double number) {
        return apply(TIMES, number(number));
    }

    /**
     * {@return this times factor + other, rounded once}
     *
     * @param factor the factor
     * @param other what is added
     */
    public Term timesPlus(Term factor, Term other) {
        return apply(TIMES_PLUS, factor, other);
    }

    /**
     * {@return this / other}
     *
     * @param other the divisor
     */
    public Term over(Term other) {
        return apply(OVER, other);
    }

    /** {@return 1 - this} */
    public Term complement() {
        return number(1).apply(MINUS, this);
    }

    /** {@return 1 / this} */
    public Term reciprocal() {
        return number(1).apply(OVER, this);
    }

    /** {@return -this} */
    public Term negative() {
        return apply(NEGATIVE);
    }

    /** {@return this times itself} */
    public Term square() {
        return apply(TIMES, this);
    }

    /** {@return the square root; its slope at 0 counts as 0} */
    public Term squareRoot() {
        return apply(SQUARE_ROOT);
    }

    /** {@return e to this} */
    public Term exp() {
        return apply(EXP);
    }

    /** {@return the natural logarithm, of the smallest normal float where this is below it} */
    public Term log() {
        return apply(LOG);
    }

    /** {@return 1 / (1 + e to -this)} */
    public Term sigmoid() {
        return apply(SIGMOID);
    }

    /** {@return tanh of this} */
    public Term tanh() {
        return apply(TANH);
    }

    /** {@return log(1 + e to this)} */
    public Term softplus() {
        return apply(SOFTPLUS);
    }

    /** {@return 1 + log(1 + e to this)} */
    public Term onePlus() {
        return softplus().plus(1);
    }

    /**
     * {@return the larger of both}
     *
     * @param other the other
     */
    public Term larger(Term other) {
        return apply(LARGER, other);
    }

    /**
     * {@return this, but at least a number}
     *
     * @param least the number
     */
    public Term atLeast(double least) {
        return apply(LARGER, number(least));
    }

    /**
     * {@return the smaller of both}
     *
     * @param other the other
     */
    public Term smaller(Term other) {
        return apply(SMALLER, other);
    }

    /**
     * {@return this, but between two numbers; outside no derivative flows}
     *
     * @param least the lower one
     * @param most the upper one
     */
    public Term clip(double least, double most) {
        return atLeast(least).apply(SMALLER, number(most));
    }

    /**
     * {@return a mask: 1 where this is above the other, else 0}
     *
     * @param other the other
     */
    public Term above(Term other) {
        return apply(ABOVE, other);
    }

    /**
     * {@return where this mask is above 0 the one, elsewhere the other}
     *
     * @param one the one
     * @param other the other
     */
    public Term choose(Term one, Term other) {
        return apply(CHOOSE, one, other);
    }

    /** {@return the same values as a constant: no derivative flows} */
    public Term stop() {
        return of(at().stopped());
    }

    // Views.

    /** {@return [1][n] seen as [n][1]} */
    public Term column() {
        Tensor line = at();
        line.require("column", line.batch(), 1, line.size());
        return of(line.split(line.size(), 1));
    }

    /** {@return [n][1] as [1][n]; seen so where its floats lie side by side} */
    public Term row() {
        Tensor tensor = at();
        return tensor.place().isDenseColumn() ? of(tensor.asLine()) : transposed();
    }

    /**
     * {@return some columns}
     *
     * @param from the first
     * @param width how many
     */
    public Term slice(int from, int width) {
        return of(at().slice(from, width));
    }

    /**
     * {@return some lines}
     *
     * @param from the first
     * @param count how many
     */
    public Term lines(int from, int count) {
        return of(at().lines(from, count));
    }

    /**
     * {@return one line seen as several}
     *
     * @param parts how many
     * @param size floats in each
     */
    public Term split(int parts, int size) {
        return of(at().split(parts, size));
    }

    // Operations.

    /** {@return lines and columns exchanged} */
    public Term transposed() {
        return of(Transpose.of(tape, at()));
    }

    /**
     * {@return the matrix product with another}
     *
     * @param matrix [size of this][n]
     */
    public Term through(Term matrix) {
        return of(Product.through(tape, at(), matrix.at()));
    }

    /**
     * {@return the matrix product with another one transposed}
     *
     * @param matrix [n][size of this]
     */
    public Term against(Term matrix) {
        return of(Product.against(tape, at(), matrix.at()));
    }

    /** {@return the sum of each line, a column} */
    public Term sum() {
        return of(Sum.ofEachLine(tape, at()));
    }

    /** {@return the sum of the lines, a line} */
    public Term sumOfLines() {
        return of(Sum.ofLines(tape, at()));
    }

    /** {@return the largest element of each line, a column} */
    public Term largest() {
        return of(Largest.ofEachLine(tape, at()));
    }

    /**
     * {@return running sums of each line}
     *
     * @param way from where, and whether each element counts for its own
     */
    public Term runningSum(Scan.Way way) {
        return of(Scan.sum(tape, at(), way));
    }

    /**
     * {@return running products of each line}
     *
     * @param way from where, and whether each element counts for its own
     */
    public Term runningProduct(Scan.Way way) {
        return of(Scan.product(tape, at(), way));
    }

    /** {@return the softmax of each line} */
    public Term softmax() {
        return of(MaskedSoftmax.of(tape, at()));
    }

    /**
     * {@return the softmax of what a mask lets through, elsewhere 0}
     *
     * @param mask above 0 where elements count
     */
    public Term softmax(Term mask) {
        return of(MaskedSoftmax.of(tape, at(), mask.at()));
    }

    /**
     * {@return places of the elements of each line, smallest first, equal ones in order}
     *
     * @param step to round to; 0 for not
     */
    public Term order(double step) {
        return of(Sort.of(tape, at(), (float) step));
    }

    /**
     * {@return elements of each line by their places}
     *
     * @param index the places
     */
    public Term gather(Term index) {
        return of(Gather.of(tape, at(), index.at()));
    }

    /**
     * {@return elements of each line put at places, 0 elsewhere}
     *
     * @param index the places
     * @param size floats in a line
     */
    public Term scatter(Term index, int size) {
        return of(Scatter.of(tape, at(), index.at(), size));
    }

    /**
     * {@return each line moved round}
     *
     * @param places how far its elements move on
     */
    public Term roll(int places) {
        return of(Roll.columns(tape, at(), places));
    }

    /**
     * {@return the lines moved round}
     *
     * @param places how far they move on
     */
    public Term rollLines(int places) {
        return of(Roll.lines(tape, at(), places));
    }

    /**
     * {@return this with columns of zeros}
     *
     * @param before how many before the first
     * @param behind how many behind the last
     */
    public Term pad(int before, int behind) {
        return of(Pad.of(tape, at(), 0, 0, before, behind));
    }

    /**
     * {@return this with lines of zeros}
     *
     * @param before how many before the first
     * @param behind how many behind the last
     */
    public Term padLines(int before, int behind) {
        return of(Pad.of(tape, at(), before, behind, 0, 0));
    }

    /**
     * {@return a convolution along the lines: of each line and its neighbours, side by side, the product with the filters}
     *
     * @param filters {@code [taps * size][size of the result]}
     * @param taps how many lines count, an odd number: those before, the line itself, those behind
     */
    public Term convolve(Term filters, int taps) {
        Term padded = padLines(taps / 2, taps / 2);
        int lines = at().lines();
        return join(IntStream.range(0, taps).mapToObj(t -> padded.lines(t, lines)).toArray(Term[]::new)).through(filters);
    }

    /**
     * {@return one place of each line, drawn from the distribution that it is: 1 there, 0 elsewhere}
     *
     * @param number a column of numbers from 0 up to 1, which decide
     */
    public Term draw(Term number) {
        return of(Draw.of(tape, at(), number.at()));
    }
}
