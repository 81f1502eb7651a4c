package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.cli.report.TraceFile;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.lab.explanation.Explanation;
import io.github.ntm4j.lab.picture.Caption;
import io.github.ntm4j.lab.picture.SequencePicture;
import io.github.ntm4j.lab.trace.Intervention;
import io.github.ntm4j.lab.trace.Trace;
import io.github.ntm4j.lab.trace.Tracer;
import io.github.ntm4j.machines.layer.InitialVector;
import io.github.ntm4j.machines.layer.Initialisation;
import io.github.ntm4j.machines.layer.LstmController;
import io.github.ntm4j.machines.layer.OutputLayer;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.MemoryMachine;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.machines.memory.Memory;
import io.github.ntm4j.machines.memory.MemoryState;
import io.github.ntm4j.machines.signal.Signal;
import io.github.ntm4j.machines.signal.Signals;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The queue of {@code examples/OwnMemory.java}, which no other code knows, is seen and interfered with like any machine of ours. */
final class OwnMemoryTest {
    private static final int INPUTS = 5;
    private static final int STEPS = 9;
    private static final int STEP = 4;

    @TempDir
    private Path folder;

    private Machine machine;
    private Tracer tracer;

    @BeforeEach
    void makeMachine() throws Exception {
        Path source = ProjectFiles.find("examples/OwnMemory.java");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source)).call()).isTrue();
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Constructor<?> page = loader.loadClass("OwnMemory").getDeclaredConstructor();
            page.setAccessible(true);
            loader.loadClass("OwnMemory$Queue$State");
            loader.loadClass("OwnMemory$Queue$Pointer");
            Parameters parameters = new Parameters();
            Signals signals = new Signals();
            LstmController controller = new LstmController(
                    parameters, "controller.lstm", INPUTS + 8, 12, 1, InitialVector.ZERO, 1, Initialisation.FAN_IN);
            Constructor<?> maker = loader.loadClass("OwnMemory$Queue").getDeclaredConstructors()[0];
            maker.setAccessible(true);
            Memory<?> queue = (Memory<?>) maker.newInstance(
                    page.newInstance(), parameters, signals, controller.size(), 24, 8);
            machine = machine(parameters, signals, controller, queue);
            machine.initialise(3);
            tracer = new Tracer(machine, Objective.BITS, KernelProvider.PORTABLE);
        }
    }

    private static <M extends MemoryState> Machine machine(
            Parameters parameters, Signals signals, LstmController controller, Memory<M> memory) {
        OutputLayer output = new OutputLayer(parameters, controller.size() + 8, 4, 0, Initialisation.FAN_IN);
        return new MemoryMachine<>(parameters, signals, INPUTS, controller, memory, output);
    }

    private Trace trace(Intervention... interventions) {
        float[] input = new float[STEPS * INPUTS];
        for (int i = 0; i < input.length; i++) {
            input[i] = i * 7 % 3 == 0 ? 1 : 0;
        }
        float[] mask = new float[STEPS];
        for (int t = STEP; t < STEPS; t++) {
            mask[t] = 1;
        }
        return tracer.trace(input, STEPS, new float[STEPS * 4], mask, List.of(interventions), true);
    }

    private static float[][] of(Trace trace, String address) {
        return trace.of(trace.signals().at(address).orElseThrow());
    }

    @Test
    void itsPictureHasAPanelForEachOfItsSignals() {
        String svg = SequencePicture.of(trace(), Caption.of("copy", "a queue")).svg();
        for (String panel : List.of("Write pointer, 24 rows", "Read pointer, 24 rows", "Move, back", "Add", "Read", "Cells, length of each row, 24 rows")) {
            assertThat(svg).contains("<title>" + panel + "</title>");
        }
        assertThat(svg).contains(">stay</text>").doesNotContain("Sharpening").doesNotContain("added and read vectors");
    }

    @Test
    void whatItDoesIsSaidInWordsOfItsOwnHeads() {
        Explanation explanation = Explanation.of(trace());
        assertThat(explanation.programme().actions()).extracting(action -> action.head()).contains("back", "front");
        assertThat(explanation.health()).extracting(finding -> finding.name()).contains("focus of writes").doesNotContain("saturated gates", "key strength");
    }

    @Test
    void aFileOfItsTraceHasItsHeadsAndItsStore() throws Exception {
        Path file = folder.resolve("trace.jsonl");
        try (TraceFile traces = TraceFile.create(file)) {
            traces.write(trace());
            traces.finish();
        }
        JsonNode line = JsonMapper.builder().build().readTree(Files.readString(file));
        assertThat(line.get("heads").findValuesAsString("name")).containsExactly("front", "back");
        assertThat(line.get("heads").get(1).get("pointer").get(STEP).size()).isEqualTo(24);
        assertThat(line.get("heads").get(1).get("sharpening").get(STEP).isNumber()).isTrue();
        assertThat(line.get("cells").get(STEP).get(23).size()).isEqualTo(8);
    }

    static Stream<Intervention> interventions() {
        return Stream.of(
                new Intervention.Set(STEP, "back/move", new float[] {4, 0, 1}),
                new Intervention.Set(STEP, "front/sharpening", new float[] {30}),
                new Intervention.Set(STEP, "back/erase", new float[] {1, 1, 1, 1, 1, 1, 1, 1}),
                new Intervention.Set(STEP, "back/add", new float[] {1, 1, -1, 1, 1, -1, 1, 1}),
                new Intervention.Hold(STEP, STEP + 1, "front/pointer"),
                new Intervention.Cell(STEP, "cells", 0, 3, 5),
                new Intervention.EraseRow(STEP, null, 1),
                new Intervention.SwapRows(STEP, null, 0, 2),
                new Intervention.Noise(STEP, "cells", 0.5f, 3));
    }

    @ParameterizedTest
    @MethodSource("interventions")
    void itGoesOnFromWhatIsDoneToIt(Intervention intervention) {
        Trace plain = trace();
        Trace disturbed = trace(intervention);
        for (int t = 0; t < STEP; t++) {
            assertThat(disturbed.output()[t]).isEqualTo(plain.output()[t]);
        }
        assertThat(disturbed.output()[STEP + 2]).isNotEqualTo(plain.output()[STEP + 2]);
    }

    @Test
    void aPointerThatIsHeldStaysAndAMoveThatIsSetIsTaken() {
        Trace held = trace(new Intervention.Hold(STEP, STEP + 1, "front/pointer"));
        assertThat(of(held, "front/pointer")[STEP + 1]).isEqualTo(of(held, "front/pointer")[STEP - 1]);
        Trace moved = trace(new Intervention.Set(STEP, "back/move", new float[] {2, 0, 0}));
        assertThat(of(moved, "back/move")[STEP]).containsExactly(1, 0, 0);
        assertThat(machine.signals().heads()).extracting(Signal::address).containsExactly("back/pointer", "front/pointer");
    }
}
