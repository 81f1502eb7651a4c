package io.github.ntm4j.engine.kernel;

import io.github.ntm4j.engine.kernel.portable.PortableKernels;
import io.github.ntm4j.engine.kernel.portable.PortablePeak;
import io.github.ntm4j.engine.kernel.simd.SimdKernels;
import io.github.ntm4j.engine.kernel.simd.SimdPeak;

/**
 * The two sources of kernels. They agree bit for bit: which one runs decides how long a training takes, never its result.
 */
public enum KernelProvider {
    /** Kernels on the Vector API, 4 or 8 floats at a time. */
    SIMD,
    /** Kernels in plain Java. */
    PORTABLE;

    /** System property that forces a provider: {@code simd} or {@code portable}. */
    public static final String PROPERTY = "ntm4j.kernels";

    private static final String MODULE = "jdk.incubator.vector";

    /**
     * The fastest provider that this virtual machine can run, unless the system property {@value #PROPERTY} says otherwise.
     *
     * @return SIMD where the Vector API is present, else portable
     * @throws IllegalStateException if the property is neither {@code simd} nor {@code portable}, or asks for SIMD where the
     *     Vector API is missing
     */
    public static KernelProvider best() {
        String forced = System.getProperty(PROPERTY, vectorsPresent() ? "simd" : "portable");
        return switch (forced) {
            case "portable" -> PORTABLE;
            case "simd" -> {
                if (!vectorsPresent()) {
                    throw new IllegalStateException(
                            "-D" + PROPERTY + "=simd needs the Vector API: start java with --add-modules " + MODULE);
                }
                yield SIMD;
            }
            default -> throw new IllegalStateException(
                    "-D" + PROPERTY + ": expected simd or portable, got " + forced);
        };
    }

    /**
     * Whether the Vector API is there. Without it only {@link #PORTABLE} works.
     *
     * @return true if java was started with the module
     */
    public static boolean vectorsPresent() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    /**
     * A new set of kernels, for one thread.
     *
     * @return kernels with scratch of their own
     */
    public Kernels create() {
        return switch (this) {
            case SIMD -> SimdKernels.create();
            case PORTABLE -> PortableKernels.create();
        };
    }

    /**
     * The loop that measures the multiply-add peak of a thread with this provider's means.
     *
     * @return a new loop
     */
    public PeakLoop peakLoop() {
        return switch (this) {
            case SIMD -> new SimdPeak();
            case PORTABLE -> new PortablePeak();
        };
    }

    /**
     * The provider for people: its name, lane width or the flag that would make it faster.
     *
     * @return a few words
     */
    public String description() {
        return switch (this) {
            case SIMD -> "simd, " + SimdKernels.lanes() + " lanes";
            case PORTABLE -> vectorsPresent()
                    ? "portable"
                    : "portable (start java with --add-modules " + MODULE + " for SIMD)";
        };
    }
}
