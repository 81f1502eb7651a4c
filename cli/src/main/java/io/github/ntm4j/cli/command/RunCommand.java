package io.github.ntm4j.cli.command;

import io.github.ntm4j.cli.option.ComputeOptions;
import io.github.ntm4j.cli.option.ReadingOption;
import io.github.ntm4j.cli.report.TraceFile;
import io.github.ntm4j.cli.terminal.Exit;
import io.github.ntm4j.cli.terminal.Terminal;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.lab.trace.Tracer;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.Reading;
import io.github.ntm4j.machines.data.SequenceLine;
import io.github.ntm4j.machines.data.SequenceReader;
import io.github.ntm4j.machines.data.SequenceWriter;
import io.github.ntm4j.machines.data.UnknownWords;
import io.github.ntm4j.machines.episode.StepMachine;
import io.github.ntm4j.machines.episode.WorkingMemory;
import io.github.ntm4j.machines.model.Answerer;
import io.github.ntm4j.machines.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "A machine that was trained on symbols or texts takes and gives those: {\"input\": \"abc\"}.",
            "A file appears under its name only when it is complete.",
            "",
            "Examples:",
            "  ntm run runs/copy-ntm-lstm-seed1 --input sequences.jsonl",
            "  ntm run model.safetensors --input in.jsonl --output out.jsonl --trace trace.jsonl",
            "  cat in.jsonl | ntm run runs/copy-ntm-lstm-seed1 --rows 512 > out.jsonl",
        })
public final class RunCommand implements Callable<Integer> {
    private static final String STANDARD = "-";
    private static final String STANDARD_INPUT = "<stdin>";
    private static final int MOST_STEPS = 1_000_000;

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

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Ends an answer in symbols or text after so many steps, if the machine does not (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--probabilities", description = "Write the probabilities of all symbols at each step instead of the likeliest.")
    private boolean probabilities;

    @Mixin
    private ReadingOption reading;

    public RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        refuseSameFiles();
        if (limit < 1 || limit > MOST_STEPS) {
            throw new UserException("--limit: expected a whole number from 1 to " + MOST_STEPS + ", got " + limit);
        }
        Model model = reading.load(checkpoint, rows, terminal);
        if (model.machine() instanceof StepMachine) {
            WorkingMemory.requireSession(model.machine(), 1);
        }
        UnknownWords unknown = new UnknownWords(model.coding());
        try (SequenceReader reader = reader(model);
                SequenceWriter writer = writer()) {
            if (trace == null) {
                answer(model, reader, unknown, writer);
            } else {
                answerAndTrace(model, reader, unknown, writer, trace);
            }
            writer.finish();
        }
        unknown.notice(name()).ifPresent(terminal::notice);
        return Exit.SUCCESS;
    }

    private String name() {
        return input.equals(STANDARD) ? STANDARD_INPUT : input;
    }

    /** Nothing is written over what is read, nor twice to one file. */
    private void refuseSameFiles() {
        if (trace != null && isSame(trace.toString(), output)) {
            throw new UserException("--trace contradicts --output: both write " + output);
        }
        if (!input.equals(STANDARD) && isSame(input, output)) {
            throw new UserException("--output contradicts --input: it would write over " + input);
        }
        if (!input.equals(STANDARD) && trace != null && isSame(input, trace.toString())) {
            throw new UserException("--trace contradicts --input: it would write over " + input);
        }
    }

    private static boolean isSame(String one, String other) {
        try {
            return Files.isSameFile(Path.of(one), Path.of(other));
        } catch (IOException notThere) {
            return Path.of(one).toAbsolutePath().normalize().equals(Path.of(other).toAbsolutePath().normalize());
        }
    }

    private SequenceReader reader(Model model) {
        Reading reading = model.reading();
        SequenceReader reader = input.equals(STANDARD)
                ? SequenceReader.of(terminal.in(), STANDARD_INPUT, model.coding(), reading)
                : SequenceReader.open(Path.of(input), model.coding(), reading.of(Reading.Format.AUTO));
        if (!reader.note().isEmpty()) {
            terminal.notice(name() + ": " + reader.note());
        }
        return reader;
    }

    private SequenceWriter writer() {
        return output.equals(STANDARD) ? SequenceWriter.of(terminal.out(), "<stdout>") : SequenceWriter.create(Path.of(output));
    }

    private void answer(Model model, SequenceReader reader, UnknownWords unknown, SequenceWriter writer) {
        Answerer answerer = new Answerer(model, limit, ComputeOptions.kernels(terminal));
        for (SequenceLine line = reader.nextLine(); line != null; line = reader.nextLine()) {
            unknown.see(line.question());
            write(writer, model, answer(answerer, line));
        }
    }

    private void answerAndTrace(Model model, SequenceReader reader, UnknownWords unknown, SequenceWriter writer, Path traceFile) {
        KernelProvider kernels = ComputeOptions.kernels(terminal);
        Answerer answerer = new Answerer(model, limit, kernels);
        Tracer tracer = new Tracer(model.machine(), model.objective(), kernels);
        try (TraceFile traces = TraceFile.create(traceFile)) {
            for (SequenceLine line = reader.nextLine(); line != null; line = reader.nextLine()) {
                unknown.see(line.question());
                Answerer.Answer answer = answer(answerer, line);
                WorkingMemory.requireTrace(model.machine(), answer.steps(), true, 1);
                traces.write(tracer.trace(answer.input(), answer.steps(), null, null));
                write(writer, model, answer);
            }
            traces.finish();
        }
    }

    private Answerer.Answer answer(Answerer answerer, SequenceLine line) {
        try {
            return answerer.answer(line);
        } catch (UserException e) {
            throw new UserException(name() + ", line " + line.line() + ": " + e.getMessage(), e);
        }
    }

    private void write(SequenceWriter writer, Model model, Answerer.Answer answer) {
        if (probabilities) {
            writer.writeOutput(answer.values(), answer.answered(), model.machine().outputs());
        } else {
            writer.writeAnswer(answer.said());
        }
    }
}
