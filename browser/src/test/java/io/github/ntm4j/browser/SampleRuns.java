package io.github.ntm4j.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs as {@code ntm train} leaves them, without training. */
final class SampleRuns {
    private SampleRuns() {}

    /** Two seeds of a training that has ended, and a run with a film of three snapshots. */
    static StudioSite into(StudioSite site) {
        for (int seed = 1; seed <= 2; seed++) {
            write(site.runs().resolve("curve-seed" + seed), seed, 40);
        }
        Path models = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("models");
        write(site.runs().resolve("filmed"), 3, 4);
        String[] snapshots = {"copy-ntm-ff", "copy-ntm-lstm", "copy-ntm-ff"};
        try {
            Path film = Files.createDirectories(site.runs().resolve("filmed").resolve("film"));
            for (int i = 0; i < snapshots.length; i++) {
                Files.copy(models.resolve(snapshots[i] + ".safetensors"), film.resolve(i * 400 + ".safetensors"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return site;
    }

    /** A run of copy with so many points. */
    static void write(Path run, int seed, int points) {
        StringBuilder metrics = new StringBuilder();
        for (int i = 1; i <= points; i++) {
            double bits = 80.0 / (1 + i * i * seed / 20.0);
            metrics.append("""
                    {"kind":"train","sequences":%d,"bits_per_sequence":%s,"bit_errors_per_sequence":%s,"learning_rate":4.0E-4,"gradient_norm":3.5,"clipped":0.25,"skipped":0,"seconds":%s}
                    """.formatted(i * 250, bits, bits / 3, i / 10.0));
        }
        metrics.append("{\"kind\":\"finished\",\"sequences\":10000,\"outcome\":\"budget\",\"seconds\":4.0}\n");
        try {
            Files.createDirectories(run);
            Files.writeString(run.resolve("config.yaml"), "seed: " + seed + "\ntask:\n  name: copy\n");
            Files.writeString(run.resolve("metrics.jsonl"), metrics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
