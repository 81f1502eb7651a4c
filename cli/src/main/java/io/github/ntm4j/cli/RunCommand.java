package io.github.ntm4j.cli;

import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.core.data.SequenceData;
import io.github.ntm4j.core.data.SequenceFormat;
import io.github.ntm4j.core.data.SequenceReader;
import io.github.ntm4j.core.data.SequenceWriter;
import io.github.ntm4j.core.machine.Machine;
import io.github.ntm4j.core.machine.Objective;
import io.github.ntm4j.core.machine.Session;
import io.github.ntm4j.core.run.Model;
import io.github.ntm4j.core.trace.Trace;
import io.github.ntm4j.core.trace.Tracer;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a trained machine on a user's own sequences. */
@Command(
        name = "run",
        description = "Run a trained machine on sequences of your own.",
        footer = {
            "",
            "Input is JSON Lines, one sequence a line: {\"input\": [[0, 1, ...], ...]}, a vector per step.",
            "Output is one line per sequence: {\"output\": [[0.98, 0.01, ...], ...]}, the probabilities of the bits.",
            "A file appears under its name only when it is complete.",
            "",
            "Examples:",
            "  ntm run runs/copy-ntm-lstm-seed1 --input sequences.jsonl",
            "  ntm run model.safetensors --input in.jsonl --output out.jsonl --trace trace.jsonl",
            "  cat in.jsonl | ntm run runs/copy-ntm-lstm-seed1 --rows 512 > out.jsonl",
        })
final class RunCommand implements Callable<Integer> {
    private static final String STANDARD = "-";

    private final Terminal terminal;

    @Parameters(
            paramLabel = "CHECKPOINT",
            description = "A run directory (its best checkpoint is taken), a checkpoint, or a model of pytorch-ntm in safetensors.")
    private Path checkpoint = Path.of("");

    @Option(names = "--input", paramLabel = "FILE", description = "JSON Lines; - for standard input (default).")
    private String input = STANDARD;

    @Option(names = "--output", paramLabel = "FILE", description = "Where to; - for standard output (default).")
    private String output = STANDARD;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Also write what the machine did: weightings, head parameters, reads and memory of every step, as JSON.")
    private @Nullable Path trace;

    @Option(names = "--rows", paramLabel = "N", description = "Give the memory another number of rows than in training.")
    private @Nullable Integer rows;

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (trace != null && trace.toString().equals(output)) {
            throw new UserException("--trace contradicts --output: both write " + output);
        }
        Model model = Model.load(checkpoint, rows == null ? OptionalInt.empty() : OptionalInt.of(rows), terminal::notice);
        SequenceFormat format = SequenceFormat.of(model.machine().inputs(), model.machine().outputs());
        try (SequenceReader reader = reader(format)) {
            if (trace == null) {
                answer(model.machine(), reader);
            } else {
                answerAndTrace(model.machine(), reader, trace);
            }
        }
        return Exit.SUCCESS;
    }

    private SequenceReader reader(SequenceFormat format) {
        return input.equals(STANDARD)
                ? SequenceReader.of(terminal.in(), "<stdin>", format)
                : SequenceReader.open(Path.of(input), format);
    }

    private SequenceWriter writer() {
        return output.equals(STANDARD) ? SequenceWriter.of(terminal.out(), "<stdout>") : SequenceWriter.create(Path.of(output));
    }

    private void answer(Machine<?> machine, SequenceReader reader) {
        Session session = new Session(machine, 1, ComputeOptions.kernels(terminal));
        try (SequenceWriter writer = writer()) {
            for (SequenceData sequence = reader.next(); sequence != null; sequence = reader.next()) {
                float[] probabilities = new float[Math.multiplyExact(sequence.steps(), machine.outputs())];
                session.reset();
                for (int step = 0; step < sequence.steps(); step++) {
                    session.step(sequence.input(), step * sequence.inputWidth(), sequence.inputWidth());
                    session.probabilities(0, probabilities, step * machine.outputs());
                }
                writer.writeOutput(probabilities, sequence.steps(), machine.outputs());
            }
            writer.finish();
        }
    }

    private void answerAndTrace(Machine<?> machine, SequenceReader reader, Path traceFile) {
        Tracer tracer = new Tracer(machine, Objective.BITS, ComputeOptions.kernels(terminal));
        try (SequenceWriter writer = writer();
                TraceFile traces = TraceFile.create(traceFile)) {
            for (SequenceData sequence = reader.next(); sequence != null; sequence = reader.next()) {
                Trace did = tracer.trace(sequence.input(), sequence.steps(), sequence.target(), sequence.mask());
                traces.write(did);
                float[] probabilities = new float[Math.multiplyExact(sequence.steps(), machine.outputs())];
                for (int step = 0; step < sequence.steps(); step++) {
                    System.arraycopy(did.output()[step], 0, probabilities, step * machine.outputs(), machine.outputs());
                }
                writer.writeOutput(probabilities, sequence.steps(), machine.outputs());
            }
            traces.finish();
            writer.finish();
        }
    }
}
