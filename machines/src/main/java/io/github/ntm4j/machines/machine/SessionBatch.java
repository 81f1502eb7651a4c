package io.github.ntm4j.machines.machine;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.border.OneThread;
import io.github.ntm4j.engine.kernel.KernelProvider;

/**
 * Streams over one machine that are stepped together, each with a state of its own: they join and leave when they like, and each waits for
 * its next input as long as it likes. To the bit, every stream is what it would be in a {@link Session} alone.
 *
 * <p>A step computes all places, whether a stream takes part or not, so it always takes the same time; give a batch about as many places as
 * usually take part. Steps allocate nothing. The machine is only read, and its parameters must not change while a batch is at work; any
 * number of sessions and batches may share it. A batch serves one thread at a time, and refuses a second one that comes while the first is in
 * it. As for a {@link Session}, nothing that is not a finite number gets in.
 */
public final class SessionBatch {
    private final Machine machine;
    private final StepRecording recording;
    private final float[] initial;
    private final float[] inputs;
    private final OneThread use = new OneThread("batch");
    private final boolean[] taken;
    private final boolean[] given;
    /** Whether the state after the last step is where a stream stands; else it is the state before. */
    private final boolean[] carried;

    /**
     * A batch without streams.
     *
     * @param machine the machine
     * @param places how many streams there can be at a time, at least 1
     * @param provider whose kernels to use
     */
    public SessionBatch(Machine machine, int places, KernelProvider provider) {
        this.machine = Arguments.given("machine", machine);
        this.recording = StepRecording.of(machine, "places", places, provider);
        this.initial = new float[recording.stateFloats()];
        this.inputs = new float[Math.multiplyExact(places, recording.inputs())];
        this.taken = new boolean[places];
        this.given = new boolean[places];
        this.carried = new boolean[places];
        recording.begin();
        recording.copyBefore(0, initial, 0);
    }

    /**
     * Takes a free place for a new stream, which is before its first step.
     *
     * @return the stream, from 0 to places - 1, until it leaves
     * @throws IllegalStateException if all places are taken, or another thread is in this batch
     */
    public int join() {
        return join(initial);
    }

    private int join(float[] state) {
        use.begin();
        try {
            for (int place = 0; place < taken.length; place++) {
                if (!taken[place]) {
                    taken[place] = true;
                    given[place] = false;
                    carried[place] = false;
                    recording.enter(place, state, 0);
                    return place;
                }
            }
        } finally {
            use.end();
        }
        throw new IllegalStateException("join: expected a free place, but all " + taken.length + " are taken");
    }

    /**
     * Takes a free place for a stream that goes on from where another one stood.
     *
     * @param state of one stream, from a session or a batch over the same machine
     * @return the stream
     * @throws IllegalStateException if all places are taken, or another thread is in this batch
     * @throws io.github.ntm4j.machines.config.UserException if it is the state of another machine, or of several streams, or not finite
     */
    public int join(SessionState state) {
        Arguments.given("state", state).require(1, recording.shapes(), machine.parameters().sha256());
        return join(state.values());
    }

    /**
     * Ends a stream; its place becomes free.
     *
     * @param stream the stream
     * @throws IllegalArgumentException if there is no such stream
     * @throws IllegalStateException if another thread is in this batch
     */
    public void leave(int stream) {
        use.begin();
        try {
            require(stream);
            taken[stream] = false;
            given[stream] = false;
        } finally {
            use.end();
        }
    }

    /**
     * Gives a stream its next input: it takes part in the next step.
     *
     * @param stream the stream
     * @param vector holds the input, which is copied
     * @param at offset of its first float
     * @throws IllegalArgumentException if there is no such stream, the vector does not lie within the array, or a number is not finite
     * @throws IllegalStateException if another thread is in this batch
     */
    public void input(int stream, float[] vector, int at) {
        use.begin();
        try {
            require(stream);
            int width = recording.inputs();
            Arguments.part("vector", vector, "at", at, width);
            Arguments.finite("vector", vector, at, width);
            System.arraycopy(vector, at, inputs, stream * width, width);
            given[stream] = true;
        } finally {
            use.end();
        }
    }

    /**
     * One step of all streams that were given an input since the last one. The others stay where they are.
     *
     * @throws IllegalStateException if another thread is in this batch
     */
    public void step() {
        use.begin();
        try {
            stepGiven();
        } finally {
            use.end();
        }
    }

    private void stepGiven() {
        for (int place = 0; place < taken.length; place++) {
            if (carried[place]) {
                recording.carry(place);
            }
            if (given[place]) {
                recording.input(place, inputs, place * recording.inputs());
            }
            // A place that does not take part computes something, too, but what it computes is not carried on.
            carried[place] = given[place];
            given[place] = false;
        }
        recording.step();
    }

    /**
     * The output of a stream before its sigmoid. It is there after a step in which the stream took part, until the next step.
     *
     * @param stream the stream
     * @param output output
     * @return the logit of a bit
     */
    public float logit(int stream, int output) {
        requireAnswer(stream);
        Arguments.index("output", output, machine.outputs());
        return recording.logit(stream, output);
    }

    /**
     * The output of a stream as probabilities. It is there after a step in which the stream took part, until the next step.
     *
     * @param stream the stream
     * @param probabilities overwritten, {@code outputs} floats
     * @param at offset of the first
     */
    public void probabilities(int stream, float[] probabilities, int at) {
        requireRoom(stream, "probabilities", probabilities, at);
        recording.probabilities(stream, probabilities, at);
    }

    /**
     * The output of a stream as it is. It is there after a step in which the stream took part, until the next step.
     *
     * @param stream the stream
     * @param outputs overwritten, {@code outputs} floats
     * @param at offset of the first
     */
    public void outputs(int stream, float[] outputs, int at) {
        requireRoom(stream, "outputs", outputs, at);
        recording.outputs(stream, outputs, at);
    }

    /**
     * What the output of a stream stands for. It is there after a step in which the stream took part, until the next step.
     *
     * @param objective what the machine was trained for
     * @param stream the stream
     * @param answer overwritten, {@code outputs} floats: probabilities of bits or symbols, or real numbers
     * @param at offset of the first
     */
    public void answer(Objective objective, int stream, float[] answer, int at) {
        Arguments.given("objective", objective);
        requireRoom(stream, "answer", answer, at);
        recording.answer(objective, stream, answer, at);
    }

    /**
     * Where a stream stands.
     *
     * @param stream the stream
     * @return its state, for a batch or a session of one stream
     * @throws IllegalArgumentException if there is no such stream
     * @throws IllegalStateException if another thread is in this batch
     */
    public SessionState save(int stream) {
        float[] state = new float[recording.stateFloats()];
        use.begin();
        try {
            require(stream);
            if (carried[stream]) {
                recording.copyAfter(stream, state, 0);
            } else {
                recording.copyBefore(stream, state, 0);
            }
        } finally {
            use.end();
        }
        return new SessionState("session state", machine.parameters().sha256(), recording.shapes(), 1, state);
    }

    /**
     * The machine of all streams.
     *
     * @return the machine
     */
    public Machine machine() {
        return machine;
    }

    /**
     * How many streams there can be at a time.
     *
     * @return places
     */
    public int places() {
        return taken.length;
    }

    private void require(int stream) {
        if (stream < 0 || stream >= taken.length || !taken[stream]) {
            throw new IllegalArgumentException("stream: expected one that has joined, got " + stream);
        }
    }

    private void requireRoom(int stream, String name, float[] output, int at) {
        requireAnswer(stream);
        Arguments.part(name, output, "at", at, machine.outputs());
    }

    private void requireAnswer(int stream) {
        use.look();
        require(stream);
        if (!carried[stream]) {
            throw new IllegalStateException("stream " + stream + ": expected one that took part in the last step");
        }
    }
}
