package io.github.ntm4j.studio.run;

import io.github.ntm4j.machines.config.ConfigWriter;
import io.github.ntm4j.machines.config.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells pages how the runs go: looks a few times a second at those that are trained, and keeps the newest message of each in a slot, from
 * where every listener takes it when it is ready. Where nobody listens nothing is looked at.
 */
final class Pulse implements AutoCloseable {
    /** Between two looks. */
    private static final Duration BEAT = Duration.ofMillis(200);
    /** Looks at what this process trains between two looks at what others train. */
    private static final int ELSEWHERE = 5;
    /** The list of runs is looked at after so many times the time that this takes, but not more often than every other second. */
    private static final int PATIENCE = 50;

    private static final Duration LIST = Duration.ofSeconds(2);

    private final RunList list;
    private final Trainings trainings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    /** Guarded by the lock, as are the numbers: the newest message of each run that is trained. */
    private final Map<String, Message> slots = new HashMap<>();

    private long number;
    private long listNumber;
    private int listeners;
    private boolean closed;
    private @Nullable Thread thread;

    /** Of the thread that looks. */
    private List<RunStatus> live = List.of();

    private List<Object> signature = List.of();
    private final Map<String, Long> told = new HashMap<>();

    private record Message(long number, byte[] text) {}

    /**
     * What a listener has to hear.
     *
     * @param number of the newest message among them
     * @param messages whole events
     * @param closed whether there will be no more
     */
    record News(long number, List<byte[]> messages, boolean closed) {}

    /**
     * Nobody listens.
     *
     * @param list all runs
     * @param trainings those that this process trains
     */
    Pulse(RunList list, Trainings trainings) {
        this.list = list;
        this.trainings = trainings;
    }

    /** Somebody listens from now on. */
    void join() {
        lock.lock();
        try {
            listeners++;
            if (thread == null && !closed) {
                thread = Thread.ofPlatform().daemon().name("pulse").start(this::beat);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Somebody listens no longer. */
    void leave() {
        lock.lock();
        try {
            listeners--;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for news.
     *
     * @param heard the number of the newest message that was heard, 0 at first
     * @param most how long to wait
     * @return what there is, nothing if that is how long it was
     */
    News await(long heard, Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (number <= heard && !closed && left > 0) {
                left = news.awaitNanos(left);
            }
            List<byte[]> messages = new ArrayList<>();
            if (listNumber > heard) {
                messages.add(event("runs", new LinkedHashMap<>()));
            }
            slots.values().stream().filter(message -> message.number > heard).forEach(message -> messages.add(message.text));
            return new News(number, messages, closed);
        } finally {
            lock.unlock();
        }
    }

    private void beat() {
        long listed = Long.MIN_VALUE;
        long pause = 0;
        long changes = -1;
        for (int beat = 0; goesOn(); beat++) {
            try {
                long now = System.nanoTime();
                if (changes != trainings.changes() || now - listed > pause) {
                    changes = trainings.changes();
                    lookAtList();
                    listed = System.nanoTime();
                    pause = Math.max(LIST.toNanos(), PATIENCE * (listed - now));
                }
                boolean others = beat % ELSEWHERE == 0;
                tell(live.stream().filter(run -> run.here() || others).toList());
            } catch (RuntimeException unreadable) {
                // It is looked at again, and asking for the list says what is wrong.
            }
            try {
                TimeUnit.NANOSECONDS.sleep(BEAT.toNanos());
            } catch (InterruptedException closing) {
                return;
            }
        }
    }

    /** Whether anybody listens; the thread ends if not. */
    private boolean goesOn() {
        lock.lock();
        try {
            if (listeners > 0 && !closed) {
                return true;
            }
            thread = null;
            slots.clear();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void lookAtList() {
        List<RunStatus> all = list.all();
        live = all.stream().filter(RunStatus::live).toList();
        Set<String> ids = live.stream().map(RunStatus::id).collect(Collectors.toSet());
        told.keySet().retainAll(ids);
        List<Object> now = all.stream().<Object>map(RunStatus::signature).toList();
        lock.lock();
        try {
            slots.keySet().retainAll(ids);
            if (!now.equals(signature)) {
                listNumber = ++number;
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
        signature = now;
    }

    private void tell(List<RunStatus> runs) {
        Map<String, byte[]> messages = new LinkedHashMap<>();
        for (RunStatus run : runs) {
            list.metrics(run.id()).ifPresent(metrics -> progress(run, metrics).ifPresent(map -> messages.put(run.id(), event("progress", map))));
        }
        if (messages.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            number++;
            messages.forEach((id, text) -> slots.put(id, new Message(number, text)));
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How far a run has come, if it is further than at the last look. */
    private Optional<SequencedMap<String, @Nullable Object>> progress(RunStatus run, Followed metrics) {
        Optional<Training> training = trainings.of(metrics.run().path());
        RunState state = training.map(Training::state).orElse(run.state());
        if (state != run.state()) {
            trainings.touch();
        }
        boolean grown = metrics.advance();
        long sequences = training.map(Training::sequences).orElseGet(() -> metrics.ask(History::sequences));
        Long before = told.put(run.id(), sequences);
        if (!grown && before != null && before == sequences) {
            return Optional.empty();
        }
        SequencedMap<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("run", run.id());
        map.put("state", Settings.text(state));
        map.put("sequences", sequences);
        map.putAll(metrics.ask(History::latest));
        training.ifPresent(here -> map.put("seconds", here.seconds()));
        return Optional.of(map);
    }

    private static byte[] event(String name, Map<String, ?> data) {
        return ("event: " + name + "\ndata: " + ConfigWriter.toJson(data) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
            if (thread != null) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
