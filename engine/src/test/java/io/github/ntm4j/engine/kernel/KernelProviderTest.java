package io.github.ntm4j.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KernelProviderTest {
    private final String before = System.getProperty(KernelProvider.PROPERTY);

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(KernelProvider.PROPERTY);
        } else {
            System.setProperty(KernelProvider.PROPERTY, before);
        }
    }

    @Test
    void theVectorApiIsUsedWhereItIsThere() {
        System.clearProperty(KernelProvider.PROPERTY);
        assertThat(KernelProvider.vectorsPresent()).isTrue();
        assertThat(KernelProvider.best()).isEqualTo(KernelProvider.SIMD);
    }

    @Test
    void aPropertyForcesAProvider() {
        System.setProperty(KernelProvider.PROPERTY, "portable");
        assertThat(KernelProvider.best()).isEqualTo(KernelProvider.PORTABLE);
        System.setProperty(KernelProvider.PROPERTY, "simd");
        assertThat(KernelProvider.best()).isEqualTo(KernelProvider.SIMD);
    }

    @Test
    void anUnknownProviderIsRefused() {
        System.setProperty(KernelProvider.PROPERTY, "fast");
        assertThatIllegalStateException()
                .isThrownBy(KernelProvider::best)
                .withMessage("-Dntm4j.kernels: expected simd or portable, got fast");
    }

    @Test
    void aProviderDescribesItself() {
        assertThat(KernelProvider.SIMD.description()).matches("simd, (4|8|16) lanes");
        assertThat(KernelProvider.PORTABLE.description()).isEqualTo("portable");
    }
}
