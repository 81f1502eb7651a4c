import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.machine.SessionBatch;
import io.github.ntm4j.machines.machine.SessionState;
import io.github.ntm4j.machines.model.Model;

/** One model, several streams: saved, restored, forked, and stepped together. */
void main() throws IOException {
    Model model = Model.load(Path.of("models/copy-ntm-lstm.safetensors"));
    float[] vector = {1, 0, 0, 1, 1, 0, 1, 0, 0};
    float[] delimiter = {0, 0, 0, 0, 0, 0, 0, 0, 1};
    Session session = model.session();
    session.step(vector);

    // A stream that is left, and gone on with later: in this process, or from a file in another one.
    Path file = Files.createTempDirectory("ntm4j").resolve("stream.safetensors");
    session.save().write(file);
    Session later = model.session();
    later.restore(SessionState.read(file));

    // What if? A fork goes its own way.
    Session fork = session.fork();
    fork.step(1, 1, 1, 1, 1, 1, 1, 1, 0);

    // Streams that are stepped together, each with a state of its own. They come, wait, and go when they like.
    SessionBatch batch = model.batch(8);
    int one = batch.join(later.save());
    int other = batch.join(fork.save());
    batch.input(one, delimiter, 0);
    batch.input(other, delimiter, 0);
    batch.step();
    batch.input(one, new float[9], 0); // the other waits
    batch.step();
    float[] answer = new float[8];
    batch.probabilities(one, answer, 0);
    batch.leave(other);

    // To the bit what the first session would have put out by itself.
    session.step(delimiter);
    session.step(new float[9]);
    IO.println(Arrays.toString(answer));
    if (!Arrays.equals(answer, session.probabilities())) {
        throw new IllegalStateException("expected " + Arrays.toString(session.probabilities()));
    }
    session.reset(); // before another sequence
}
