package io.github.ntm4j.machines.model;

import java.nio.file.Path;
import java.util.List;

/**
 * The places of a run's files.
 *
 * @param path the run directory
 */
public record RunFolder(Path path) {
    /**
     * All settings.
     *
     * @return config.yaml
     */
    public Path config() {
        return path.resolve("config.yaml");
    }

    /**
     * What the run was made with.
     *
     * @return environment.json
     */
    public Path environment() {
        return path.resolve("environment.json");
    }

    /**
     * One JSON object for each report.
     *
     * @return metrics.jsonl
     */
    public Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    /**
     * The learning curve.
     *
     * @return curve.svg
     */
    public Path curve() {
        return path.resolve("curve.svg");
    }

    /**
     * Where checkpoints are.
     *
     * @return the folder checkpoints
     */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /**
     * The state after the last evaluation or at the end, from which a run can be resumed.
     *
     * @return last.safetensors
     */
    public Path last() {
        return checkpoints().resolve("last.safetensors");
    }

    /**
     * The last checkpoint and those that it replaced, from each of which a run can be resumed.
     *
     * @return last.safetensors, earlier-1.safetensors, earlier-2.safetensors, in this order, whether they are there or not
     */
    public List<Path> kept() {
        return List.of(last(), checkpoints().resolve("earlier-1.safetensors"), checkpoints().resolve("earlier-2.safetensors"));
    }

    /**
     * The machine that did best in an evaluation.
     *
     * @return best.safetensors
     */
    public Path best() {
        return checkpoints().resolve("best.safetensors");
    }

    /**
     * Where the machines of the film are.
     *
     * @return the folder film
     */
    public Path film() {
        return path.resolve("film");
    }

    /**
     * The machine as it was in the training.
     *
     * @param sequences how many sequences the training had seen
     * @return the file in the folder film
     */
    public Path frame(long sequences) {
        return film().resolve(sequences + ".safetensors");
    }

    /**
     * What a training that diverged leaves to look at.
     *
     * @return the folder diverged
     */
    public Path diverged() {
        return path.resolve("diverged");
    }

    /**
     * How the best machine does at the cases of its task, where somebody asked.
     *
     * @return cases.jsonl
     */
    public Path cases() {
        return path.resolve("cases.jsonl");
    }
}
