import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.model.Model;

/** Runs a trained machine: it is shown three vectors and a delimiter, and puts the vectors out again. */
void main() {
    Model model = Model.load(Path.of("models/copy-ntm-lstm.safetensors"));
    Session session = model.session();
    float[][] vectors = {{1, 0, 0, 1, 1, 0, 1, 0, 0}, {0, 1, 1, 1, 0, 0, 0, 1, 0}, {1, 1, 1, 0, 0, 1, 0, 1, 0}};
    for (float[] vector : vectors) {
        session.step(vector);
    }
    session.step(0, 0, 0, 0, 0, 0, 0, 0, 1); // the delimiter
    for (float[] vector : vectors) {
        session.step(new float[9]);
        float[] answer = session.probabilities(); // of each of the 8 bits
        IO.println(Arrays.toString(answer));
        for (int bit = 0; bit < 8; bit++) {
            if (answer[bit] > 0.5f != vector[bit] > 0.5f) {
                throw new IllegalStateException("bit " + bit + " is wrong");
            }
        }
    }
}
