package io.github.ntm4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

final class SmokeTest {
    @Test
    void everyBenchmarkRunsAndLeavesNumbersToRunAgainOn() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .param("rows", "2")
                        .param("heads", "2")
                        .param("batch", "2")
                        .param("threads", "2")
                        .param("steps", "3")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        List<String> benchmarks = new ClassFileImporter()
                .importPackages("io.github.ntm4j.bench").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Benchmark.class))
                        .map(SmokeTest::name)
                        .toList();
        assertThat(benchmarks).isNotEmpty();
        assertThat(results.stream().map(result -> result.getParams().getBenchmark()).distinct())
                .containsExactlyInAnyOrderElementsOf(benchmarks);
    }

    private static String name(JavaMethod method) {
        return method.getOwner().getName() + "." + method.getName();
    }
}
