package io.github.ntm4j.engine.operation;

import static io.github.ntm4j.engine.operation.Values.all;
import static io.github.ntm4j.engine.operation.Values.distributions;
import static io.github.ntm4j.engine.operation.Values.normal;
import static io.github.ntm4j.engine.operation.Values.oneHot;
import static io.github.ntm4j.engine.operation.Values.uniform;

import io.github.ntm4j.engine.tape.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Reading and writing: samples, and the equations in double precision. */
final class MemorySamples {
    private MemorySamples() {}

    static List<Subject> subjects() {
        return List.of(
                Subject.of("Read, many rows", Read.class, (size, batch, heads) -> read("Read, rows", size, 3, size, batch, heads))
                        .withExtreme(extremeReads()),
                Subject.of("Read, long words", Read.class, (size, batch, heads) -> read("Read, width", size, size, 5, batch, heads)),
                Subject.of(
                                "EraseAdd, many rows",
                                EraseAdd.class,
                                (size, batch, heads) -> eraseAdd("EraseAdd, rows", size, 1 + 2 * heads, size, batch, heads))
                        .withExtreme(extremeWrites()),
                Subject.of(
                        "EraseAdd, long words",
                        EraseAdd.class,
                        (size, batch, heads) -> eraseAdd("EraseAdd, width", size, size, 4 + heads, batch, heads)),
                Subject.of("EraseAdd, reads and writes in turn", EraseAdd.class, MemorySamples::inTurn));
    }

    /** Read, write, read, write, read: the derivative by the first memory is turned by both writes, and all reads add to it. */
    private static Sample inTurn(int rows, int batch, int heads) {
        String description = Subject.described("reads and writes in turn", rows, batch, heads);
        RandomGenerator random = Values.random(description);
        int width = 3;
        return Sample.of(
                description,
                List.of(
                        Operand.whole("memory", batch, width, rows, normal(random, batch * width * rows))
                                .with(Operand.Derivative.TURNED),
                        Operand.whole("reading weighting", batch, heads, rows, distributions(random, batch * heads, rows)),
                        Operand.whole("weighting", batch, 1, rows, uniform(random, 0, 1, batch * rows)),
                        Operand.whole("weighting", batch, 1, rows, uniform(random, 0, 1, batch * rows)),
                        Operand.columns("erase", batch, 1, width, uniform(random, 0, 1, batch * width)),
                        Operand.columns("add", batch, 1, width, normal(random, batch * width))),
                (tape, x) -> {
                    Tensor before = Read.of(tape, x.get(0), x.get(1));
                    Tensor written = EraseAdd.of(tape, x.get(0), x.get(2), x.get(4), x.get(5));
                    Tensor between = Read.of(tape, written, x.get(1));
                    Tensor last = EraseAdd.of(tape, written, x.get(3), x.get(4), x.get(5));
                    return List.of(before, between, Read.of(tape, last, x.get(1)), last);
                },
                x -> {
                    Array3 written = eraseAdd(x.get(0), x.get(2), x.get(4), x.get(5));
                    Array3 last = eraseAdd(written, x.get(3), x.get(4), x.get(5));
                    return List.of(read(x.get(0), x.get(1)), read(written, x.get(1)), read(last, x.get(1)), last);
                });
    }

    private static Sample read(String name, int size, int width, int rows, int batch, int heads) {
        String description = Subject.described(name, size, batch, heads);
        RandomGenerator random = Values.random(description);
        return read(description, width, rows, batch, heads, normal(random, batch * width * rows), normal(random, batch * heads * rows));
    }

    private static List<Sample> extremeReads() {
        List<Sample> samples = new ArrayList<>();
        for (int rows : new int[] {1, 16, 17, 128}) {
            RandomGenerator random = Values.random("extreme reads " + rows);
            samples.add(read("one-hot read, rows " + rows, 4, rows, 2, 2, normal(random, 2 * 4 * rows), oneHot(random, 4, rows)));
            samples.add(read("read of nothing, rows " + rows, 4, rows, 2, 2, new float[2 * 4 * rows], new float[4 * rows]));
            samples.add(read("tiny read, rows " + rows, 4, rows, 2, 2, all(1e-30f, 2 * 4 * rows), all(1e-30f, 4 * rows)));
        }
        for (int heads = 1; heads <= 7; heads++) {
            String description = "read of a large memory by " + heads + " heads";
            RandomGenerator random = Values.random(description);
            samples.add(read(description, 70, 130, 2, heads, normal(random, 2 * 70 * 130), normal(random, 2 * heads * 130)));
        }
        return samples;
    }

    private static Sample read(String description, int width, int rows, int batch, int heads, float[] memory, float[] weighting) {
        return Sample.of(
                description,
                List.of(
                        Operand.whole("memory", batch, width, rows, memory),
                        Operand.lines("weighting", batch, heads, rows, weighting)),
                (tape, x) -> List.of(Read.of(tape, x.get(0), x.get(1))),
                        x -> List.of(read(x.get(0), x.get(1))))
                .withComposition(Compositions::read);
    }

    /** Graves et al. 2014, eq. 2. */
    private static Array3 read(Array3 memory, Array3 weighting) {
        Array3 read = new Array3(memory.batch, weighting.lines, memory.lines);
        for (int b = 0; b < read.batch; b++) {
            for (int head = 0; head < read.lines; head++) {
                for (int m = 0; m < read.size; m++) {
                    double sum = 0;
                    for (int n = 0; n < memory.size; n++) {
                        sum += weighting.at(b, head, n) * memory.at(b, m, n);
                    }
                    read.set(b, head, m, sum);
                }
            }
        }
        return read;
    }

    private static Sample eraseAdd(String name, int size, int width, int rows, int batch, int heads) {
        String description = Subject.described(name, size, batch, heads);
        RandomGenerator random = Values.random(description);
        return eraseAdd(
                description,
                width,
                rows,
                batch,
                2 * heads - 1,
                normal(random, batch * width * rows),
                uniform(random, 0, 1, batch * (2 * heads - 1) * rows),
                uniform(random, 0, 1, batch * (2 * heads - 1) * width),
                normal(random, batch * (2 * heads - 1) * width));
    }

    private static List<Sample> extremeWrites() {
        List<Sample> samples = new ArrayList<>();
        for (int rows : new int[] {1, 16, 17, 128}) {
            RandomGenerator random = Values.random("extreme writes " + rows);
            float[] memory = normal(random, 2 * 4 * rows);
            for (float erase : new float[] {0f, 1f}) {
                String tail = ", erase " + erase + ", rows " + rows;
                float[] erases = all(erase, 2 * 4);
                float[] adds = normal(random, 2 * 4);
                samples.add(eraseAdd("one-hot write" + tail, 4, rows, 2, 1, memory, oneHot(random, 2, rows), erases, adds));
                samples.add(eraseAdd("spread write" + tail, 4, rows, 2, 1, memory, distributions(random, 2, rows), erases, adds));
                samples.add(eraseAdd("write of nothing" + tail, 4, rows, 2, 1, memory, new float[2 * rows], erases, new float[8]));
                samples.add(eraseAdd(
                        "first write" + tail, 4, rows, 2, 1, all(1e-6f, 2 * 4 * rows), oneHot(random, 2, rows), erases, adds));
            }
        }
        return samples;
    }

    private static Sample eraseAdd(
            String description,
            int width,
            int rows,
            int batch,
            int heads,
            float[] memory,
            float[] weighting,
            float[] erase,
            float[] add) {
        return Sample.of(
                description,
                List.of(
                        Operand.whole("memory", batch, width, rows, memory).with(Operand.Derivative.TURNED),
                        Operand.lines("weighting", batch, heads, rows, weighting),
                        Operand.columns("erase", batch, heads, width, erase),
                        Operand.columns("add", batch, heads, width, add)),
                (tape, x) -> List.of(EraseAdd.of(tape, x.get(0), x.get(1), x.get(2), x.get(3))),
                        x -> List.of(eraseAdd(x.get(0), x.get(1), x.get(2), x.get(3))))
                .withComposition(Compositions::eraseAdd);
    }

    /** Graves et al. 2014, eq. 3 and 4, one head after the other. */
    private static Array3 eraseAdd(Array3 memory, Array3 weighting, Array3 erase, Array3 add) {
        Array3 written = new Array3(memory.batch, memory.lines, memory.size);
        for (int b = 0; b < written.batch; b++) {
            for (int m = 0; m < written.lines; m++) {
                for (int n = 0; n < written.size; n++) {
                    double cell = memory.at(b, m, n);
                    for (int head = 0; head < weighting.lines; head++) {
                        double w = weighting.at(b, head, n);
                        cell = cell * (1 - w * erase.at(b, head, m)) + w * add.at(b, head, m);
                    }
                    written.set(b, m, n, cell);
                }
            }
        }
        return written;
    }
}
