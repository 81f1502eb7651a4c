package io.github.ntm4j.engine.kernel;

/**
 * A complete set of kernels, made by a {@link KernelProvider}. A set owns scratch buffers and serves one thread.
 *
 * @param matrices matrix products
 * @param content addressing by content
 * @param similarities cosines that are finite everywhere, through masks
 * @param addressing softmax and addressing by location
 * @param memory reading and writing a memory
 * @param dynamic allocation and what else a Differentiable Neural Computer does row by row
 * @param links temporal links between the rows of a memory
 * @param elements element by element functions
 * @param arrays plain arithmetic on arrays
 * @param optimiser loops over parameters
 */
public record Kernels(
        MatrixKernels matrices,
        ContentKernels content,
        SimilarityKernels similarities,
        AddressingKernels addressing,
        MemoryKernels memory,
        DynamicKernels dynamic,
        LinkKernels links,
        ElementKernels elements,
        ArrayKernels arrays,
        OptimiserKernels optimiser) {}
