package io.github.ntm4j.machines.machine.reference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A vector of doubles, how it came about, and the derivative of a later number by it: reverse-mode differentiation at its plainest. Nothing
 * is reused or fused. A vector of one element goes with every element of another.
 */
public final class Variable {
    private final double[] value;
    private final double[] derivative;
    private final List<Variable> causes;
    private final int generation;
    private Runnable backward = () -> {};

    private Variable(double[] value, Variable... causes) {
        this.value = value;
        this.derivative = new double[value.length];
        this.causes = List.of(causes);
        this.generation = 1 + this.causes.stream().mapToInt(cause -> cause.generation).max().orElse(0);
    }

    /** What depends on nothing. */
    public static Variable of(double... value) {
        return new Variable(value.clone());
    }

    /** The value itself. */
    public double[] value() {
        return value;
    }

    /** The derivative by this of what {@link #backward} was called on; the sum over all calls. */
    public double[] derivative() {
        return derivative;
    }

    /** Number of elements. */
    public int size() {
        return value.length;
    }

    /** Accumulates the derivative of this number by everything that it came from. */
    public void backward() {
        if (size() != 1) {
            throw new IllegalArgumentException("expected a number, got " + size());
        }
        Set<Variable> reached = new HashSet<>(Set.of(this));
        Deque<Variable> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (Variable cause : open.pop().causes) {
                if (reached.add(cause)) {
                    open.push(cause);
                }
            }
        }
        List<Variable> latestFirst = new ArrayList<>(reached);
        latestFirst.sort(Comparator.comparingInt((Variable variable) -> variable.generation).reversed());
        derivative[0] = 1;
        latestFirst.forEach(variable -> variable.backward.run());
    }

    private double at(int i) {
        return value[size() == 1 ? 0 : i];
    }

    private void add(int i, double slope) {
        derivative[size() == 1 ? 0 : i] += slope;
    }

    private Variable with(Variable other, DoubleBinaryOperator f, DoubleBinaryOperator slope, DoubleBinaryOperator otherSlope) {
        if (size() != other.size() && size() != 1 && other.size() != 1) {
            throw new IllegalArgumentException("expected vectors of one size, got " + size() + " and " + other.size());
        }
        Variable y = new Variable(new double[Math.max(size(), other.size())], this, other);
        Arrays.setAll(y.value, i -> f.applyAsDouble(at(i), other.at(i)));
        y.backward = () -> {
            for (int i = 0; i < y.size(); i++) {
                add(i, y.derivative[i] * slope.applyAsDouble(at(i), other.at(i)));
                other.add(i, y.derivative[i] * otherSlope.applyAsDouble(at(i), other.at(i)));
            }
        };
        return y;
    }

    /** {@code a + b}. */
    public Variable plus(Variable b) {
        return with(b, Double::sum, (x, y) -> 1, (x, y) -> 1);
    }

    /** {@code a - b}. */
    public Variable minus(Variable b) {
        return with(b, (x, y) -> x - y, (x, y) -> 1, (x, y) -> -1);
    }

    /** {@code a b}, element by element. */
    public Variable times(Variable b) {
        return with(b, (x, y) -> x * y, (x, y) -> y, (x, y) -> x);
    }

    /** {@code a / b}, element by element. */
    public Variable over(Variable b) {
        return with(b, (x, y) -> x / y, (x, y) -> 1 / y, (x, y) -> -x / (y * y));
    }

    /** {@code a^b} for a of at least 0. */
    public Variable power(Variable b) {
        return with(b, Math::pow, (x, y) -> y * Math.pow(x, y - 1), (x, y) -> x == 0 ? 0 : Math.pow(x, y) * Math.log(x));
    }

    /** {@code f(x)}, element by element; the slope is a function of x and f(x). */
    private Variable map(DoubleUnaryOperator f, DoubleBinaryOperator slope) {
        Variable y = new Variable(new double[size()], this);
        Arrays.setAll(y.value, i -> f.applyAsDouble(value[i]));
        y.backward = () -> {
            for (int i = 0; i < size(); i++) {
                derivative[i] += y.derivative[i] * slope.applyAsDouble(value[i], y.value[i]);
            }
        };
        return y;
    }

    /** {@code 1 - x}. */
    public Variable complement() {
        return of(1).minus(this);
    }

    /** {@code exp(x)}. */
    public Variable exp() {
        return map(Math::exp, (x, y) -> y);
    }

    /** The square root. */
    public Variable root() {
        return map(Math::sqrt, (x, y) -> 0.5 / y);
    }

    /** The Euclidean norm of the vector, without slope where that is 0. */
    public Variable norm() {
        Variable y = new Variable(new double[] {Math.sqrt(Arrays.stream(value).map(x -> x * x).sum())}, this);
        y.backward = () -> Arrays.setAll(
                derivative, i -> derivative[i] + (y.value[0] == 0 ? 0 : y.derivative[0] * value[i] / y.value[0]));
        return y;
    }

    /** The natural logarithm. */
    public Variable log() {
        return map(Math::log, (x, y) -> 1 / x);
    }

    /** The same value, through which no derivative passes. */
    public Variable stop() {
        return of(value);
    }

    /** The same value; on the way back the derivative is limited to a range. */
    public Variable derivativeWithin(double least, double greatest) {
        Variable y = new Variable(value.clone(), this);
        y.backward = () -> Arrays.setAll(derivative, i -> derivative[i] + Math.clamp(y.derivative[i], least, greatest));
        return y;
    }

    /** {@code tanh(x)}. */
    public Variable tanh() {
        return map(Math::tanh, (x, y) -> 1 - y * y);
    }

    /** {@code 1 / (1 + exp(-x))}. */
    public Variable sigmoid() {
        return map(x -> 1 / (1 + Math.exp(-x)), (x, y) -> y * (1 - y));
    }

    /** {@code log(1 + exp(x))}. */
    public Variable softplus() {
        return map(x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), (x, y) -> 1 / (1 + Math.exp(-x)));
    }

    /** What lies outside a range becomes its nearer end. */
    public Variable within(double least, double greatest) {
        return map(x -> Math.clamp(x, least, greatest), (x, y) -> x == y ? 1 : 0);
    }

    /** {@code exp(x) / sum exp(x)}. */
    public Variable softmax() {
        Variable e = minus(of(Arrays.stream(value).max().orElseThrow())).exp();
        return e.over(e.sum());
    }

    /** The sum of the elements. */
    public Variable sum() {
        Variable y = new Variable(new double[] {Arrays.stream(value).sum()}, this);
        y.backward = () -> Arrays.setAll(derivative, i -> derivative[i] + y.derivative[0]);
        return y;
    }

    /** The inner product. */
    public Variable dot(Variable b) {
        return times(b).sum();
    }

    /** Some elements: element i of the result is element {@code (from + i) mod size} of this. */
    public Variable slice(int from, int count) {
        Variable y = new Variable(new double[count], this);
        Arrays.setAll(y.value, i -> value[Math.floorMod(from + i, size())]);
        y.backward = () -> {
            for (int i = 0; i < count; i++) {
                derivative[Math.floorMod(from + i, size())] += y.derivative[i];
            }
        };
        return y;
    }

    /** One element. */
    public Variable element(int i) {
        return slice(i, 1);
    }

    /** Vectors one behind the other. */
    public static Variable join(List<Variable> parts) {
        double[] all = parts.stream().flatMapToDouble(part -> Arrays.stream(part.value)).toArray();
        Variable y = new Variable(all, parts.toArray(Variable[]::new));
        y.backward = () -> {
            int at = 0;
            for (Variable part : parts) {
                for (int i = 0; i < part.size(); i++) {
                    part.derivative[i] += y.derivative[at++];
                }
            }
        };
        return y;
    }

    /** {@code W x} for this {@code W}, whose rows lie one behind the other. */
    public Variable product(Variable x) {
        int columns = x.size();
        Variable y = new Variable(new double[size() / columns], this, x);
        for (int i = 0; i < size(); i++) {
            y.value[i / columns] += value[i] * x.value[i % columns];
        }
        y.backward = () -> {
            for (int i = 0; i < size(); i++) {
                derivative[i] += y.derivative[i / columns] * x.value[i % columns];
                x.derivative[i % columns] += y.derivative[i / columns] * value[i];
            }
        };
        return y;
    }
}
