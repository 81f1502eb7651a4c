package io.github.ntm4j.machines.config;

/** A record with a setting of every kind. */
record Example(
        @Setting(value = "seed of all random numbers", min = 0) long seed,
        @Setting("what it is called") String name,
        Machine machine,
        Training training) {

    enum Start {
        FIRST_ROW,
        LEARNED,
        UNIFORM
    }

    record Machine(
            @Setting(value = "rows of the memory", min = 1, max = 65536) int rows,
            @Setting(value = "width of a row", min = 1) int width,
            @Setting("where the heads start") Start startWeighting,
            @Setting("whether every step is traced") boolean traced) {}

    record Training(
            @Setting(value = "step size", min = 0, max = 1) double learningRate,
            @Setting(value = "sequences in all", min = 0) long sequences,
            @Setting("any number") double offset) {
        Training {
            if (sequences == 13) {
                throw new UserException("training.sequences: 13 brings bad luck");
            }
        }
    }

    static final Example DEFAULT =
            new Example(1, "default", new Machine(128, 20, Start.FIRST_ROW, false), new Training(1e-4, 100_000, -2.5));
}
