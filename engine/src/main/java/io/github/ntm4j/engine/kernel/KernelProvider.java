package io.github.ntm4j.engine.kernel;

import io.github.ntm4j.engine.kernel.portable.PortableKernels;
import io.github.ntm4j.engine.kernel.portable.PortablePeak;
import io.github.ntm4j.engine.kernel.simd.SimdKernels;
import io.github.ntm4j.engine.kernel.simd.SimdPeak;
import java.util.concurrent.atomic.AtomicBoolean;

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
    private static final AtomicBoolean SAID_SLOW = new AtomicBoolean();

    /**
     * The fastest provider that this virtual machine can run, unless the system property {@value #PROPERTY} says otherwise. Where that
     * is {@link #PORTABLE} for want of the Vector API, the logger of this class's name warns once, in a line that names the flag.
     *
     * @return SIMD where the Vector API is present, else portable
     * @throws IllegalStateException if the property is neither {@code simd} nor {@code portable}, or asks for SIMD where the
     *     Vector API is missing
     */
    public static KernelProvider best() {
        String forced = System.getProperty(PROPERTY);
        if (forced == null) {
            return vectorsPresent() ? SIMD : portableForWantOfVectors();
        }
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

    private static KernelProvider portableForWantOfVectors() {
        if (!SAID_SLOW.getAndSet(true)) {
            System.getLogger(KernelProvider.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "ntm4j runs its portable kernels, to the same bits but several times slower: start java with --add-modules "
                                    + MODULE);
        }
        return PORTABLE;
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
     * How many floats an instruction of these kernels works on. The results do not depend on it.
     *
     * @return floats in a vector, 1 for the portable kernels
     */
    public int lanes() {
        return switch (this) {
            case SIMD -> SimdKernels.lanes();
            case PORTABLE -> 1;
        };
    }

    /**
     * The provider for people: its name, lane width or the flag that would make it faster.
     *
     * @return a few words
     */
    public String description() {
        return switch (this) {
            case SIMD -> "simd, " + lanes() + " lanes";
            case PORTABLE -> vectorsPresent()
                    ? "portable"
                    : "portable (start java with --add-modules " + MODULE + " for SIMD)";
        };
    }
}
