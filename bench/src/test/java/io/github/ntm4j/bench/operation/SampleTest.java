package io.github.ntm4j.bench.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.engine.tape.Operation;
import io.github.ntm4j.engine.tape.Tape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SampleTest {
    @Test
    void everyOperationOfTheEngineHasABenchmark() {
        List<String> operations = new ClassFileImporter()
                .importPackages("io.github.ntm4j.engine").stream()
                        .filter(type -> type.isAssignableTo(Operation.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .toList();
        assertThat(operations).isNotEmpty();
        assertThat(Arrays.stream(Sample.values()).map(SampleTest::recordedBy)).containsExactlyInAnyOrderElementsOf(operations);
    }

    /** The only operation that a sample records. */
    private static String recordedBy(Sample sample) {
        Tape tape = new Tape(new Parameters(), KernelProvider.PORTABLE.create(), true);
        sample.record(new Operands(tape, 2, Random64.of(1, "benchmark", 0)));
        assertThat(tape.operations()).as(sample.name()).hasSize(1);
        return tape.operations().getFirst().getClass().getName();
    }
}
