package io.github.ntm4j.machines.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.config.ConfigTree;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Session;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private final Signals signals = new Signals();
    private final Signal memory = signals.store("memory", 5, 3);

    private static Machine machine(String name) {
        RunConfig config = RunConfig.resolve(ConfigTree.of(
                Map.of("machine", Map.of("type", name, "controller_size", 8)), "test"));
        Machine machine = config.machine().build(4, 3);
        machine.initialise(1);
        return machine;
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void everythingThatAnNtmDeclaresIsRecorded() {
        Machine machine = machine("ntm-lstm");
        Session session = new Session(machine, 2, KernelProvider.PORTABLE);
        session.step(new float[8]);
        assertThat(machine.signals().all()).hasSize(1 + 12 + 13);
        for (Signal signal : machine.signals().all()) {
            assertThat(session.signal(signal, 1)).as("%s", signal).hasSize(signal.floats());
        }
        Signal store = machine.signals().stores().getFirst();
        assertThat(session.signalBefore(store, 1)).hasSize(store.floats());
        assertThat(machine.signals().memory()).hasValue(store);
    }

    @Test
    void oldNamesOfASessionLiveOn() {
        Machine machine = machine("ntm-lstm");
        Session session = new Session(machine, 1, KernelProvider.PORTABLE);
        assertThat(session.names().keySet())
                .contains("read_head_0.key", "write_head_0.weighting", "memory", "memory_before")
                .hasSize(machine.signals().all().size() + 1);
    }

    @Test
    void aMachineWithoutAMemoryShowsNothing() {
        assertThat(machine("lstm").signals().all()).isEmpty();
        assertThat(machine("lstm").signals().memory()).isEmpty();
    }

    @Test
    void aStoreIsToldRowByRowWhateverItsTensorIsLike() {
        Tape tape = new Tape(new Parameters(), KernelProvider.PORTABLE.create(), false);
        memory.record(tape, tape.allocateValues(1, 3, 5));
        refused(
                () -> memory.record(tape, tape.allocateValues(1, 5, 3)),
                "signal memory: expected 3 lines of 5, got 5 lines of 3");
        Signal turned = signals.store("turned", 5, 3).byRows();
        turned.record(tape, tape.allocateValues(1, 5, 3));
        refused(
                () -> turned.record(tape, tape.allocateValues(1, 3, 5)),
                "signal turned: expected 5 lines of 3, got 3 lines of 5");
        signals.relation("link", memory).record(tape, tape.allocateValues(1, 5, 5));
    }

    @Test
    void ofAStoreInEntriesAllOtherCellsAreZero() {
        Signal links = signals.relation("link", memory).inEntries();
        float[][] lines = {{1, 3, -1, -1, 0, 2, -1, -1, -1, -1}, {0.5f, 0.25f, 0, 0, 1, 0.75f, 0, 0, 0, 0}};
        assertThat(rows(links, lines)).containsExactly("0 0.5 0 0.25 0", "0 0 0 0 0", "1 0 0.75 0 0", "0 0 0 0 0", "0 0 0 0 0");
        links.set(lines, 0, 4, 0.5f);
        links.set(lines, 1, 2, 1);
        links.set(lines, 2, 0, 0);
        assertThat(lines[0]).containsExactly(1, 4, 2, -1, 2, -1, -1, -1, -1, -1);
        assertThat(lines[1]).containsExactly(0.5f, 0.5f, 1, 0, 0.75f, 0, 0, 0, 0, 0);
        links.swap(lines, 0, 4);
        assertThat(rows(links, lines)).containsExactly("0 0 0 0 0", "0 0 1 0 0", "0 0 0.75 0 0", "0 0 0 0 0", "0 0.5 0 0 0.5");
        assertThat(links.numbers(lines)).isDeepEqualTo(new float[][] {lines[1]});
        Tape tape = new Tape(new Parameters(), KernelProvider.PORTABLE.create(), false);
        links.record(tape, tape.allocateValues(1, 2, 10));
        refused(
                () -> links.record(tape, tape.allocateValues(1, 2, 11)),
                "signal link: expected 2 lines of a multiple of 5, got 2 lines of 11");
    }

    private static List<String> rows(Signal signal, float[][] lines) {
        float[] flat = signal.flat(lines);
        return IntStream.range(0, signal.rows())
                .mapToObj(row -> IntStream.range(0, signal.width())
                        .mapToObj(column -> BigDecimal.valueOf(flat[row * signal.width() + column]).stripTrailingZeros().toPlainString())
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    @Test
    void whatIsOverAStoreHasANumberForEachOfItsRows() {
        assertThat(signals.weighting("read 1", "weighting", memory, Use.READS).floats()).isEqualTo(5);
        assertThat(signals.rows("read 1", "similarity", memory, -1, 1).floats()).isEqualTo(5);
        assertThat(signals.relation("link", memory).floats()).isEqualTo(25);
        assertThat(signals.distribution("read 1", "mode", "back", "on").floats()).isEqualTo(2);
        assertThat(signals.heads(Use.READS)).hasSize(1);
        assertThat(signals.heads(Use.WRITES)).isEmpty();
    }

    @Test
    void whatIsDeclaredWronglyIsRefusedByName() {
        signals.number("write 1", "gate", 0, 1);
        refused(() -> signals.vector("write 1", "gate", 3), "signal write 1/gate: expected a name that no other has");
        refused(
                () -> signals.weighting("read 1", "weighting", new Signals().store("other", 5, 3), Use.READS),
                "store: expected one that was declared here, got other");
        refused(() -> signals.vector("read 1", "key", 3).within(1, 1), "read 1/key: expected a range from less to more, got 1.0 to 1.0");
        Signal key = signals.vector("write 1", "key", 3);
        refused(() -> key.after(memory), "write 1/key: expected one of 3 floats before, got 15");
    }
}
