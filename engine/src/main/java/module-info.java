/**
 * The numerical engine: what a machine computes with. It knows no machine.
 *
 * <p>Begin at {@link io.github.ntm4j.engine.tape.Tape}, on which the operations of {@link io.github.ntm4j.engine.operation} record a
 * computation over the {@link io.github.ntm4j.engine.parameter.Parameters} of a machine, run it again on new values, and take its
 * derivatives. What computes are the kernels of {@link io.github.ntm4j.engine.kernel}, on the Vector API or in plain Java, to the same
 * bits; {@link io.github.ntm4j.engine.optimiser} turns derivatives into better parameters.
 */
@SuppressWarnings("module") // The modules that build on it are compiled later.
module io.github.ntm4j.engine {
    // Resolved without a flag on the module path. The class path ignores this line: --add-modules, or the portable kernels.
    requires jdk.incubator.vector;
    requires static transitive org.jspecify;

    exports io.github.ntm4j.engine.kernel;
    exports io.github.ntm4j.engine.operation;
    exports io.github.ntm4j.engine.optimiser;
    exports io.github.ntm4j.engine.parameter;
    exports io.github.ntm4j.engine.random;
    exports io.github.ntm4j.engine.tape;

    exports io.github.ntm4j.engine.border to
            io.github.ntm4j.machines,
            io.github.ntm4j.learning,
            io.github.ntm4j.lab,
            io.github.ntm4j.studio;
}
