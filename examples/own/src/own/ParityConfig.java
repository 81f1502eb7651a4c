package own;

import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.learning.task.Size;
import io.github.ntm4j.learning.task.SizeRange;
import io.github.ntm4j.learning.task.Task;
import io.github.ntm4j.learning.task.TaskConfig;
import io.github.ntm4j.learning.task.TaskKind;
import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.episode.Sequence;
import java.util.List;

/** At every step: is the number of ones so far odd? */
public record ParityConfig(
        @Setting("the task") Name name, @Setting(value = "bits in the longest training sequence", min = 1, max = 100000) int maxLength)
        implements TaskConfig {
    /** The only name. */
    public enum Name {
        PARITY
    }

    static final TaskKind KIND = new TaskKind("parity", "say at every bit whether the ones so far are odd", new ParityConfig(Name.PARITY, 8));

    public String taskName() {
        return KIND.name();
    }

    public Task create() {
        return new Parity(maxLength);
    }

    private record Parity(int maxLength) implements Task {
        public int inputs() {
            return 1;
        }

        public int outputs() {
            return 1;
        }

        public List<SizeRange> sizes() {
            return List.of(new SizeRange("length", 1, maxLength, 100_000));
        }

        public int steps(Size size) {
            return size.get("length");
        }

        public void generate(Size size, Random64 random, Sequence into) {
            into.clear(steps(size));
            boolean odd = false;
            for (int step = 0; step < steps(size); step++) {
                boolean one = random.nextBoolean();
                odd ^= one;
                into.input(step, 0, one ? 1 : 0);
                into.target(step, 0, odd ? 1 : 0);
            }
        }
    }
}
