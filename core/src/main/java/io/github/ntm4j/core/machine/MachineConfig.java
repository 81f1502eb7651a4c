package io.github.ntm4j.core.machine;

/** The settings of a machine: everything that decides its parameters and its equations, but not its values. */
public sealed interface MachineConfig permits NtmConfig, LstmConfig {
    /**
     * The name under which users choose the machine.
     *
     * @return {@code ntm-lstm}, {@code ntm-ff} or {@code lstm}
     */
    String name();

    /**
     * A machine with these settings, its parameters all zero.
     *
     * @param inputs width of an input vector
     * @param outputs width of an output vector
     * @return the machine
     */
    Machine build(int inputs, int outputs);

    /**
     * How many parameters a machine with these settings has, without building it.
     *
     * @param inputs width of an input vector
     * @param outputs width of an output vector
     * @return the number of elements of its tensors
     */
    long parameters(int inputs, int outputs);
}
