package io.github.ntm4j.engine.operation;

/** {@code [batch][lines][size]} numbers in double precision, row-major: what the references compute with. */
final class Array3 {
    final int batch;
    final int lines;
    final int size;
    final double[] elements;

    Array3(int batch, int lines, int size) {
        this.batch = batch;
        this.lines = lines;
        this.size = size;
        this.elements = new double[batch * lines * size];
    }

    static Array3 of(int batch, int lines, int size, float[] values) {
        Array3 array = new Array3(batch, lines, size);
        for (int i = 0; i < values.length; i++) {
            array.elements[i] = values[i];
        }
        return array;
    }

    interface Element {
        double at(int b, int line, int i);
    }

    static Array3 of(int batch, int lines, int size, Element element) {
        Array3 array = new Array3(batch, lines, size);
        for (int b = 0; b < batch; b++) {
            for (int line = 0; line < lines; line++) {
                for (int i = 0; i < size; i++) {
                    array.set(b, line, i, element.at(b, line, i));
                }
            }
        }
        return array;
    }

    /** The element that counts at a place where this is broadcast. */
    double broadcastAt(int b, int line, int i) {
        return at(b, lines == 1 ? 0 : line, size == 1 ? 0 : i);
    }

    double at(int b, int line, int i) {
        return elements[(b * lines + line) * size + i];
    }

    void set(int b, int line, int i, double value) {
        elements[(b * lines + line) * size + i] = value;
    }
}
