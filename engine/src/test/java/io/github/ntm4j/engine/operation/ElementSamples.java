package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.operation.Values.apartFrom;
import static io.github.ntm4j.engine.operation.Values.normal;

import io.github.ntm4j.engine.kernel.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Functions of elements and of lines: samples, and the equations in double precision. */
final class ElementSamples {
    /** Numbers at which a careless function overflows, cancels or jumps; the limit of {@link #CLIP} among them. */
    private static final float[] EXTREMES = {
        0f, -0f, 1e-38f, -1e-38f, 1e-7f, -1e-7f, 0.5625f, -0.5625f, 1.5f, -1.5f, 9.02f, -9.02f, 18f, -18f, 87.3f, -87.3f, 88.8f, -88.8f,
        104f, -104f, 1e4f, -1e4f, 1e30f, -1e30f
    };

    private static final float CLIP = 1.5f;

    private ElementSamples() {}

    static List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (Activation f : Activation.values()) {
            String name = "ActivateColumns, " + f;
            subjects.add(Subject.of(name, ActivateColumns.class, (size, batch, heads) -> activation(name, f, size, batch, heads))
                    .withExtreme(extreme("extreme " + name, (x, d) -> activation(d, f, x.length, 1, 1, x))));
        }
        subjects.add(Subject.of("ActivateColumns, softmax", ActivateColumns.class, ElementSamples::columnSoftmax)
                .withExtreme(extreme("extreme column softmax", (x, d) -> columnSoftmax(d, x.length, 1, 1, x))));
        subjects.add(Subject.of("ActivateColumns, a row of parameters", ActivateColumns.class, ElementSamples::parameterRow));
        subjects.add(Subject.of("Softmax", Softmax.class, ElementSamples::softmax)
                .withExtreme(extreme("extreme Softmax", (x, d) -> softmax(d, x.length, 1, 1, x))));
        subjects.add(Subject.of("Clip", Clip.class, ElementSamples::clip)
                .withExtreme(extreme("extreme Clip", (x, d) -> clip(d, x.length, 1, 1, x))));
        subjects.add(Subject.of("LimitDerivative", LimitDerivative.class, ElementSamples::limitDerivative));
        return subjects;
    }

    interface OfValues {
        Sample of(float[] values, String description);
    }

    /** All extremes at once, and each alone and nine times. */
    static List<Sample> extreme(String name, OfValues maker) {
        List<Sample> samples = new ArrayList<>();
        samples.add(maker.of(EXTREMES, name));
        for (float value : EXTREMES) {
            samples.add(maker.of(Values.all(value, 1), name + ", " + value));
            samples.add(maker.of(Values.all(value, 9), name + ", nine times " + value));
        }
        return samples;
    }

    private static Sample activation(String name, Activation f, int size, int batch, int heads) {
        String description = Subject.described(name, size, batch, heads);
        return activation(description, f, size, batch, heads, apartFrom(Values.random(description), batch * heads * size, 1e-3, 0));
    }

    private static Sample activation(String description, Activation f, int size, int batch, int heads, float[] values) {
        DoubleUnaryOperator exact = exact(f);
        return Sample.of(
                description,
                List.of(Operand.columns("activation", batch, heads, size, values)),
                (tape, x) -> List.of(ActivateColumns.of(tape, x.getFirst(), List.of(Columns.of(0, size, f)))),
                x -> List.of(mapped(x.getFirst(), exact)));
    }

    private static DoubleUnaryOperator exact(Activation f) {
        return switch (f) {
            case IDENTITY -> x -> x;
            case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
            case TANH -> Math::tanh;
            case SOFTPLUS -> x -> Math.log1p(Math.exp(x));
            case ONE_PLUS_SOFTPLUS -> x -> 1 + Math.log1p(Math.exp(x));
            case RELU -> x -> x > 0 ? x : 0;
            case ONE_PLUS_RELU -> x -> x > 0 ? 1 + x : 1;
        };
    }

    private static Array3 mapped(Array3 x, DoubleUnaryOperator f) {
        Array3 y = new Array3(x.batch, x.lines, x.size);
        for (int i = 0; i < x.elements.length; i++) {
            y.elements[i] = f.applyAsDouble(x.elements[i]);
        }
        return y;
    }

    private static Sample columnSoftmax(int size, int batch, int heads) {
        String description = Subject.described("column softmax", size, batch, heads);
        return columnSoftmax(description, size, batch, heads, normal(Values.random(description), batch * heads * size));
    }

    private static Sample columnSoftmax(String description, int size, int batch, int heads, float[] values) {
        return Sample.of(
                description,
                List.of(Operand.columns("activation", batch, heads, size, values)),
                (tape, x) -> List.of(ActivateColumns.of(tape, x.getFirst(), List.of(Columns.softmax(0, size)))),
                x -> List.of(softmax(x.getFirst(), 0, size)));
    }

    /** What a head does with its row: different functions side by side, and columns between them that nobody wants. */
    private static Sample parameterRow(int size, int batch, int heads) {
        String description = Subject.described("a row of parameters", size, batch, heads);
        int width = size + 9;
        List<Columns> columns = List.of(
                Columns.of(0, size, Activation.TANH),
                Columns.of(size, 1, Activation.SOFTPLUS),
                Columns.of(size + 1, 1, Activation.SIGMOID),
                Columns.softmax(size + 3, 3),
                Columns.of(size + 7, 1, Activation.ONE_PLUS_SOFTPLUS));
        return Sample.of(
                description,
                List.of(Operand.whole("activation", batch, heads, width, normal(Values.random(description), batch * heads * width))),
                (tape, x) -> List.of(ActivateColumns.of(tape, x.getFirst(), columns)),
                x -> List.of(parameterRow(x.getFirst(), size)));
    }

    private static Array3 parameterRow(Array3 x, int size) {
        Array3 y = softmax(x, size + 3, 3);
        for (int b = 0; b < x.batch; b++) {
            for (int line = 0; line < x.lines; line++) {
                for (int i = 0; i < size; i++) {
                    y.set(b, line, i, Math.tanh(x.at(b, line, i)));
                }
                y.set(b, line, size, Math.log1p(Math.exp(x.at(b, line, size))));
                y.set(b, line, size + 1, 1 / (1 + Math.exp(-x.at(b, line, size + 1))));
                y.set(b, line, size + 7, 1 + Math.log1p(Math.exp(x.at(b, line, size + 7))));
            }
        }
        return y;
    }

    private static Sample softmax(int size, int batch, int heads) {
        String description = Subject.described("Softmax", size, batch, heads);
        return softmax(description, size, batch, heads, normal(Values.random(description), batch * heads * size));
    }

    private static Sample softmax(String description, int size, int batch, int heads, float[] values) {
        return Sample.of(
                description,
                List.of(Operand.whole("softmax", batch, heads, size, values)),
                (tape, x) -> List.of(Softmax.of(tape, x.getFirst())),
                x -> List.of(softmax(x.getFirst(), 0, size)));
    }

    /** A softmax of some columns, zero in the others. */
    private static Array3 softmax(Array3 x, int from, int count) {
        Array3 y = new Array3(x.batch, x.lines, x.size);
        for (int b = 0; b < x.batch; b++) {
            for (int line = 0; line < x.lines; line++) {
                double sum = 0;
                for (int i = from; i < from + count; i++) {
                    sum += Math.exp(x.at(b, line, i));
                }
                for (int i = from; i < from + count; i++) {
                    y.set(b, line, i, Math.exp(x.at(b, line, i)) / sum);
                }
            }
        }
        return y;
    }

    private static Sample clip(int size, int batch, int heads) {
        String description = Subject.described("Clip", size, batch, heads);
        float[] values = apartFrom(Values.random(description), batch * heads * size, 1e-3, -CLIP, CLIP);
        return clip(description, size, batch, heads, values);
    }

    /** Between two operations, with a limit that no derivative reaches: its own test has those that do. */
    private static Sample limitDerivative(int size, int batch, int heads) {
        String description = Subject.described("LimitDerivative", size, batch, heads);
        float[] values = apartFrom(Values.random(description), batch * heads * size, 1e-3, -CLIP, CLIP);
        return Sample.of(
                description,
                List.of(Operand.columns("x", batch, heads, size, values)),
                (tape, x) -> List.of(Clip.of(tape, LimitDerivative.of(tape, Clip.of(tape, x.getFirst(), 1e6f), 1e6f), CLIP)),
                x -> List.of(mapped(x.getFirst(), v -> Math.min(Math.max(v, -CLIP), CLIP))));
    }

    private static Sample clip(String description, int size, int batch, int heads, float[] values) {
        return Sample.of(
                description,
                List.of(Operand.columns("clip", batch, heads, size, values)),
                (tape, x) -> List.of(Clip.of(tape, x.getFirst(), CLIP)),
                x -> List.of(mapped(x.getFirst(), v -> Math.min(Math.max(v, -CLIP), CLIP))));
    }
}
