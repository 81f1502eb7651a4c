package io.github.ntm4j.studio.machine;

import io.github.ntm4j.machines.checkpoint.Safetensors;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.studio.server.Endpoint;
import io.github.ntm4j.studio.server.Refusal;
import io.github.ntm4j.studio.server.Reply;
import io.github.ntm4j.studio.server.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes what is dropped on the page: a machine in a file, or the files of a run one by one. They live as long as the studio, in a folder of
 * their own; nothing else is touched.
 */
public final class DropEndpoint implements Endpoint {
    private static final int MOST_BYTES = 64 << 20;
    private static final long MOST_IN_ALL = 512L << 20;
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_+=,-][A-Za-z0-9._+=,-]{0,99})"
            + "(?:\\.safetensors|/(config\\.yaml|metrics\\.jsonl|checkpoints/(?:best|last)\\.safetensors|film/[0-9]{1,18}\\.safetensors))");

    /** Parts of a run that nothing followed for so long, and that show nothing by themselves, make room for others. */
    private static final Duration ABANDONED = Duration.ofMinutes(2);
    /** A file, the numbers in it, and those of a machine. */
    private static final long COPIES = 4;

    private final Machines machines;
    private final InstantSource clock;
    private final AtomicLong drafts = new AtomicLong();
    private final Map<String, Kept> kept = new HashMap<>();
    private long taken;

    /** A file that was dropped. */
    private record Kept(long bytes, Instant since) {}

    /**
     * An endpoint.
     *
     * @param machines what it adds to
     * @param clock says what was abandoned
     */
    public DropEndpoint(Machines machines, InstantSource clock) {
        this.machines = machines;
        this.clock = clock;
    }

    @Override
    public Reply answer(Request request) {
        String name = request.required("name");
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new UserException("name: expected NAME.safetensors, or a file of a run such as NAME/checkpoints/best.safetensors, got "
                    + UserException.quote(name));
        }
        int length = request.length(MOST_BYTES);
        reserve(length);
        boolean done = false;
        try (Room.Held _ = machines.room().take("dropped file", COPIES * length)) {
            keep(name, request.body(MOST_BYTES), matcher.group(2) == null);
            done = true;
        } finally {
            settle(name, length, done);
        }
        return Reply.json(Map.of("id", MachineId.parse("dropped/" + matcher.group(1)).toString()));
    }

    private synchronized void reserve(long length) {
        if (taken + length > MOST_IN_ALL) {
            forgetAbandoned();
        }
        if (taken + length > MOST_IN_ALL) {
            throw new Refusal(413, "body: expected at most " + (MOST_IN_ALL >> 20) + " MiB dropped in all, and " + (MOST_IN_ALL - taken)
                    + " bytes are left, got " + length);
        }
        taken += length;
    }

    /** What was not kept takes no room, nor does what was replaced. */
    private synchronized void settle(String name, long length, boolean done) {
        if (done) {
            Kept before = kept.put(name, new Kept(length, clock.instant()));
            taken -= before == null ? 0 : before.bytes;
        } else {
            taken -= length;
        }
    }

    private void forgetAbandoned() {
        Instant limit = clock.instant().minus(ABANDONED);
        Set<String> shown = kept.entrySet().stream()
                .filter(file -> !file.getKey().contains("/") || file.getKey().contains("/checkpoints/") || file.getKey().endsWith("/metrics.jsonl")
                        || file.getValue().since.isAfter(limit))
                .map(file -> folder(file.getKey()))
                .collect(Collectors.toSet());
        for (String name : List.copyOf(kept.keySet())) {
            if (!shown.contains(folder(name))) {
                taken -= Objects.requireNonNull(kept.remove(name)).bytes;
                delete(machines.folders().dropped().resolve(name));
            }
        }
    }

    private static String folder(String name) {
        return name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
    }

    /** Writes a file under its name when it is known to be what it should be. */
    private void keep(String name, byte[] content, boolean machine) {
        Path dropped = machines.folders().dropped();
        Path draft = dropped.resolve(".draft-" + drafts.incrementAndGet() + ".safetensors");
        Path file = dropped.resolve(name);
        try {
            Files.write(draft, content);
            if (machine) {
                check(draft, name);
            } else if (name.endsWith(".safetensors")) {
                Safetensors.parse(content, name);
            }
            Files.createDirectories(file.getParent());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Refusal(507, "dropped file: there is no room on the disk, or a file is called as a folder of its name is");
        } finally {
            delete(draft);
        }
    }

    private static void check(Path draft, String name) {
        try {
            Model.load(draft);
        } catch (UserException e) {
            throw new UserException(String.valueOf(e.getMessage()).replace(draft.toString(), name), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // It is in a temporary folder.
        }
    }
}
