package io.github.ntm4j.machines.episode;

import io.github.ntm4j.engine.operation.Term;
import io.github.ntm4j.engine.tape.Tape;

/** A batch of whole sequences on a tape, as a {@link WholeMachine} sees it while it records itself. */
public interface Lesson {
    /**
     * Where to record.
     *
     * @return the tape
     */
    Tape tape();

    /**
     * What the sequences say.
     *
     * @return {@code [batch][steps][inputs]}, without derivatives; zeros behind the end of a sequence
     */
    Term input();

    /**
     * How much each step counts.
     *
     * @return {@code [batch][steps][1]}, without derivatives
     */
    Term mask();

    /**
     * Which steps a sequence has.
     *
     * @return {@code [batch][steps][1]}, without derivatives: 1 up to the end of a sequence, 0 behind it
     */
    Term present();

    /**
     * Numbers from [0, 1), all equally likely, drawn anew for every batch.
     *
     * @param lines lines of each sequence
     * @param size floats in a line
     * @return {@code [batch][lines][size]}, without derivatives
     */
    Term noise(int lines, int size);

    /**
     * Records what outputs cost over all steps that count.
     *
     * @param outputs {@code [batch][steps][outputs]}, before their sigmoid
     * @return the loss of each sequence, {@code [batch][1][1]}
     */
    Term loss(Term outputs);

    /**
     * Says what is scored and shown as the machine's answer; once. What is recorded behind serves learning alone.
     *
     * @param outputs {@code [batch][steps][outputs]}, before their sigmoid
     */
    void answer(Term outputs);
}
