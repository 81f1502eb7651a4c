package io.github.ntm4j.engine.tape;

/**
 * One recorded step of a computation: forward and backward side by side. An operation is made by a static method that checks
 * the shapes of its operands, allocates its result on the tape and records itself; its fields are places on the tape, so it
 * can run again whenever the values there have changed, without allocating.
 */
public interface Operation {
    /** Overwrites the results from the operands. */
    void forward();

    /** Accumulates the derivatives by the operands from the derivatives by the results. */
    void backward();

    /**
     * What it has to do forwards.
     *
     * @return nothing, unless there are products
     */
    default Work work() {
        return Work.NONE;
    }

    /**
     * What it has to do backwards.
     *
     * @return nothing, unless there are products
     */
    default Work workBackward() {
        return Work.NONE;
    }
}
