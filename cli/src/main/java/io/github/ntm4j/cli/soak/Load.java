package io.github.ntm4j.cli.soak;

import java.util.SequencedMap;

/** A kind of work that is done over and over. */
interface Load extends AutoCloseable {
    /** What it is called in messages. */
    String name();

    /**
     * Does it once: all that was opened is closed again at the end.
     *
     * @throws Exception if anything is not as it must be
     */
    void operate() throws Exception;

    /** How many of what it has done so far; from any thread. */
    SequencedMap<String, Long> done();

    @Override
    void close();
}
