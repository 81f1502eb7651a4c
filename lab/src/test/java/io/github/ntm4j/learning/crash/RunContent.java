package io.github.ntm4j.learning.crash;

import io.github.ntm4j.lab.tensorboard.EventFile;
import io.github.ntm4j.lab.tensorboard.Scalar;
import io.github.ntm4j.learning.run.Film;
import io.github.ntm4j.machines.model.RunFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All that a run tells, without what a clock says: its checkpoints (weights, moments, counters, settings) and its film byte for byte, its
 * metrics without their seconds, and what TensorBoard shows.
 */
record RunContent(SequencedMap<String, ByteBuffer> files, List<String> metrics, Map<String, Float> scalars) {
    private static final int MOST = 5;

    static RunContent of(Path path) throws IOException {
        RunFolder folder = new RunFolder(path);
        SequencedMap<String, ByteBuffer> files = new LinkedHashMap<>();
        for (Path file : List.of(folder.last(), folder.best(), folder.config())) {
            if (Files.exists(file)) {
                files.put(path.relativize(file).toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        for (Path frame : Film.frames(folder).values()) {
            files.put(path.relativize(frame).toString(), ByteBuffer.wrap(Files.readAllBytes(frame)));
        }
        return new RunContent(files, metrics(folder), scalars(path));
    }

    /** Where another run differs from this one, by names and lines and not by all of their content. */
    List<String> differences(RunContent other) {
        List<String> found = new ArrayList<>();
        differences(files, other.files, found);
        Map<String, String> lines = numbered(metrics);
        differences(lines, numbered(other.metrics), found);
        differences(scalars, other.scalars, found);
        return found.subList(0, Math.min(found.size(), MOST));
    }

    private static Map<String, String> numbered(List<String> lines) {
        Map<String, String> numbered = new TreeMap<>();
        lines.forEach(line -> numbered.put("metrics, line " + numbered.size(), line));
        return numbered;
    }

    private static <V> void differences(Map<String, V> one, Map<String, V> other, List<String> found) {
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        names.stream()
                .filter(name -> !Objects.equals(one.get(name), other.get(name)))
                .forEach(name -> found.add(name + ": " + one.get(name) + " and " + other.get(name)));
    }

    private static List<String> metrics(RunFolder folder) throws IOException {
        return Files.readAllLines(folder.metrics()).stream()
                .map(line -> line.replaceFirst(",\"seconds\":[0-9.E-]+}$", "}"))
                .toList();
    }

    /** The curves as TensorBoard shows them: what a later file begins anew is gone from those before it. */
    private static Map<String, Float> scalars(Path path) throws IOException {
        List<Path> events;
        try (Stream<Path> all = Files.list(path)) {
            events = all.filter(file -> file.getFileName().toString().startsWith("events.")).sorted().toList();
        }
        TreeMap<Long, Map<String, Float>> steps = new TreeMap<>();
        for (Path file : events) {
            List<Scalar> scalars = EventFile.read(file).scalars();
            if (!scalars.isEmpty()) {
                steps.tailMap(scalars.getFirst().step(), true).clear();
            }
            scalars.forEach(scalar ->
                    steps.computeIfAbsent(scalar.step(), step -> new TreeMap<>()).put(scalar.tag(), scalar.value()));
        }
        Map<String, Float> curves = new LinkedHashMap<>();
        steps.forEach((step, values) -> values.forEach((tag, value) -> curves.put(tag + " " + step, value)));
        return curves;
    }
}
