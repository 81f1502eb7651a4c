package io.github.ntm4j.core.machine;

import io.github.ntm4j.engine.kernel.KernelProvider;

/**
 * Streams over one machine that are stepped together, each with a state of its own: they join and leave when they like, and each waits for
 * its next input as long as it likes. To the bit, every stream is what it would be in a {@link Session} alone.
 *
 * <p>A step computes all places, whether a stream takes part or not, so it always takes the same time; give a batch about as many places as
 * usually take part. Steps allocate nothing. The machine is only read, and its parameters must not change while a batch is at work; any
 * number of sessions and batches may share it. A batch serves one thread at a time.
 */
public final class SessionBatch {
    private final Machine<?> machine;
    private final StepRecording recording;
    private final float[] initial;
    private final float[] inputs;
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
    public SessionBatch(Machine<?> machine, int places, KernelProvider provider) {
        this.machine = machine;
        this.recording = new StepRecording(machine, places, provider);
        this.initial = new float[recording.stateFloats()];
        this.inputs = new float[places * recording.inputs()];
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
     * @throws IllegalStateException if all places are taken
     */
    public int join() {
        for (int place = 0; place < taken.length; place++) {
            if (!taken[place]) {
                taken[place] = true;
                enter(place, initial);
                return place;
            }
        }
        throw new IllegalStateException("join: expected a free place, but all " + taken.length + " are taken");
    }

    /**
     * Takes a free place for a stream that goes on from where another one stood.
     *
     * @param state of one stream, from a session or a batch over the same machine
     * @return the stream
     * @throws IllegalStateException if all places are taken
     * @throws io.github.ntm4j.core.config.UserException if it is the state of another machine, or of several streams
     */
    public int join(SessionState state) {
        state.require(1, recording.shapes(), machine.parameters().sha256());
        int stream = join();
        enter(stream, state.values());
        return stream;
    }

    private void enter(int place, float[] state) {
        recording.enter(place, state, 0);
        given[place] = false;
        carried[place] = false;
    }

    /**
     * Ends a stream; its place becomes free.
     *
     * @param stream the stream
     */
    public void leave(int stream) {
        require(stream);
        taken[stream] = false;
        given[stream] = false;
    }

    /**
     * Gives a stream its next input: it takes part in the next step.
     *
     * @param stream the stream
     * @param vector holds the input, which is copied
     * @param at offset of its first float
     */
    public void input(int stream, float[] vector, int at) {
        require(stream);
        System.arraycopy(vector, at, inputs, stream * recording.inputs(), recording.inputs());
        given[stream] = true;
    }

    /** One step of all streams that were given an input since the last one. The others stay where they are. */
    public void step() {
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
        requireAnswer(stream);
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
        requireAnswer(stream);
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
        requireAnswer(stream);
        recording.answer(objective, stream, answer, at);
    }

    /**
     * Where a stream stands.
     *
     * @param stream the stream
     * @return its state, for a batch or a session of one stream
     */
    public SessionState save(int stream) {
        require(stream);
        float[] state = new float[recording.stateFloats()];
        if (carried[stream]) {
            recording.copyAfter(stream, state, 0);
        } else {
            recording.copyBefore(stream, state, 0);
        }
        return new SessionState("session state", machine.parameters().sha256(), recording.shapes(), 1, state);
    }

    /**
     * The machine of all streams.
     *
     * @return the machine
     */
    public Machine<?> machine() {
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

    private void requireAnswer(int stream) {
        require(stream);
        if (!carried[stream]) {
            throw new IllegalStateException("stream " + stream + ": expected one that took part in the last step");
        }
    }
}
