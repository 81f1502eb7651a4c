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
import java.util.Map;
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
