package io.github.ntm4j.engine.kernel.portable;

import io.github.ntm4j.engine.kernel.Kernels;

/** Kernels in plain Java: the readable definition of what every kernel computes, in which order, to the last bit. */
public final class PortableKernels {
    private PortableKernels() {}

    /**
     * A new set, for one thread.
     *
     * @return the kernels
     */
    public static Kernels create() {
        return new Kernels(
                new PortableMatrix(),
                new PortableContent(),
                new PortableSimilarity(),
                new PortableAddressing(),
                new PortableMemory(),
                new PortableDynamic(),
                new PortableLink(),
                new PortableElements(),
                new PortableArrays(),
                new PortableOptimiser());
    }
}
