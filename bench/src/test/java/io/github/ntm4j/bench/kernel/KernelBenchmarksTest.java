package io.github.ntm4j.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.Kernels;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;

final class KernelBenchmarksTest {
    static Stream<Class<?>> interfaces() {
        return Arrays.stream(Kernels.class.getRecordComponents()).map(RecordComponent::getType);
    }

    @ParameterizedTest
    @MethodSource("interfaces")
    void everyMethodOfEveryKernelInterfaceHasABenchmarkOfItsName(Class<?> kernels) throws ClassNotFoundException {
        Class<?> benchmark = Class.forName("io.github.ntm4j.bench.kernel." + kernels.getSimpleName() + "Benchmark");
        List<String> methods = Arrays.stream(kernels.getMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .toList();
        List<String> measured = Arrays.stream(benchmark.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .map(Method::getName)
                .toList();
        assertThat(measured).containsAll(methods);
    }
}
