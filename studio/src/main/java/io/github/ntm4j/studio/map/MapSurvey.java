package io.github.ntm4j.studio.map;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.learning.run.Run;
import io.github.ntm4j.learning.training.Scorer.Score;
import io.github.ntm4j.learning.training.Scorer;
import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.Objective;
import io.github.ntm4j.studio.map.MapPlan.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The computation of a map: as many threads as there are cores take the cells in their order. While a training runs in this process they
 * rest most of the time, all of them together taking about a quarter of a core.
 */
final class MapSurvey implements AutoCloseable {
    /** Sequences at a time: more gain little. */
    static final int BATCH = 16;

    private static final long SLICE = 4_000_000;
    private static final int REST = 4;

    private static final System.Logger LOGGER = System.getLogger(MapSurvey.class.getName());

    private final MapPlan plan;
    private final BooleanSupplier training;
    private final int threads;
    private final AtomicInteger next = new AtomicInteger();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private volatile boolean closed;
    private int taken;

    MapSurvey(MapPlan plan, int cores, BooleanSupplier training) {
        this.plan = plan;
        this.training = training;
        this.threads = Math.min(cores, plan.cells().size());
    }

    /** Begins. */
    void start() {
        for (int i = 0; i < threads; i++) {
            Thread.ofPlatform().name("ntm4j-map-" + i).daemon().start(new Surveyor());
        }
    }

    /** Whether there is something to wait for. */
    boolean goesOn() {
        return taken < plan.cells().size();
    }

    /** The next line, or null if there is none yet after a while. */
    @Nullable String poll(long milliseconds) throws InterruptedException {
        String line = lines.poll(milliseconds, TimeUnit.MILLISECONDS);
        if (line != null) {
            taken++;
        }
        return line;
    }

    /** No more cells; what is being computed is given up at its next step. */
    @Override
    public void close() {
        closed = true;
    }

    /** One of the threads. */
    private final class Surveyor implements Runnable {
        private final Map<Integer, Scorer> scorers = new HashMap<>();
        private long awake = System.nanoTime();

        @Override
        public void run() {
            List<Cell> cells = plan.cells();
            for (int i = next.getAndIncrement(); i < cells.size() && !closed; i = next.getAndIncrement()) {
                try {
                    List<Score> scores = measure(cells.get(i));
                    if (!scores.isEmpty()) {
                        lines.add(line(cells.get(i), plan.task().objective(), scores));
                    }
                } catch (UserException e) {
                    lines.add(problem(cells.get(i), String.valueOf(e.getMessage())));
                } catch (OutOfMemoryError e) {
                    lines.add(problem(cells.get(i), "not enough memory for this"));
                } catch (RuntimeException | Error e) {
                    LOGGER.log(System.Logger.Level.ERROR, "a cell of a map failed", e);
                    lines.add(problem(cells.get(i), "this is a defect of ntm4j; what happened stands where `ntm studio` was started"));
                }
            }
        }

        private static String problem(Cell cell, String what) {
            return ConfigWriter.toJson(Map.of("error", "map: " + cell.size() + ": " + what));
        }

        private List<Score> measure(Cell cell) {
            int count = (int) Math.min(plan.count(), plan.task().testSequences(cell.size()));
            if (count == 0) {
                throw new UserException("expected a size of which there are sequences, found none");
            }
            int groups = (plan.count() + BATCH - 1) / BATCH;
            int batch = (plan.count() + groups - 1) / groups;
            Scorer scorer = scorers.computeIfAbsent(
                    cell.rows(), rows -> new Scorer(cell.model().machine(), plan.task(), batch, KernelProvider.best()));
            List<Score> scores = new ArrayList<>();
            for (int from = 0; from < count; from += batch) {
                List<Score> part =
                        scorer.score(cell.size(), plan.seed(), Run.MEASUREMENT, from, Math.min(batch, count - from), this::goOn);
                if (part.isEmpty()) {
                    return part;
                }
                scores.addAll(part);
            }
            return scores;
        }

        /** Between two steps: rests when somebody else needs the cores. */
        private boolean goOn() {
            long worked = System.nanoTime() - awake;
            if (worked > SLICE) {
                if (training.getAsBoolean()) {
                    LockSupport.parkNanos(worked * (REST * threads - 1));
                }
                awake = System.nanoTime();
            }
            return !closed;
        }
    }

    /** Averages over the sequences of a cell. */
    private static String line(Cell cell, Objective objective, List<Score> scores) {
        double count = scores.size();
        double bits = objective.unitsPerLoss() / count;
        int[] wrong = scores.stream().mapToInt(Score::wrong).toArray();
        int failing = IntStream.range(0, wrong.length).filter(i -> wrong[i] > 0).findFirst().orElse(-1);
        SequencedMap<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("column", cell.column());
        line.put("row", cell.row());
        line.put("at", MapPlan.at(cell));
        line.put("bits", scores.stream().mapToDouble(Score::loss).sum() * bits);
        line.put("optimum_bits", scores.stream().mapToDouble(Score::optimum).sum() * bits);
        line.put("bit_errors", IntStream.of(wrong).sum() / count);
        line.put("counted_bits", scores.stream().mapToInt(Score::counted).sum() / count);
        line.put("exact", IntStream.of(wrong).filter(w -> w == 0).count());
        line.put("sequences", scores.size());
        line.put("failing", failing < 0 ? null : failing);
        line.put("wrong", wrong);
        return ConfigWriter.toJson(line);
    }
}
