package io.github.ntm4j.studio.machine;

import io.github.ntm4j.core.checkpoint.Safetensors;
import io.github.ntm4j.core.config.UserException;
import io.github.ntm4j.studio.server.Endpoint;
import io.github.ntm4j.studio.server.Refusal;
import io.github.ntm4j.studio.server.Reply;
import io.github.ntm4j.studio.server.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes what is dropped on the page: a machine in a file, or the files of a run one by one. They live as long as the studio, in a folder of
 * their own; nothing else is touched.
 */
public final class DropEndpoint implements Endpoint {
    private static final int MOST_BYTES = 64 << 20;
    private static final long MOST_IN_ALL = 512L << 20;
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_+=,-][A-Za-z0-9._+=,-]{0,99})"
            + "(?:\\.safetensors|/(config\\.yaml|metrics\\.jsonl|checkpoints/(?:best|last)\\.safetensors|film/[0-9]{1,18}\\.safetensors))");

    private final Machines machines;
    private long taken;

    /**
     * An endpoint.
     *
     * @param machines what it adds to
     */
    public DropEndpoint(Machines machines) {
        this.machines = machines;
    }

    @Override
    public Reply answer(Request request) {
        String name = request.required("name");
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new UserException("name: expected NAME.safetensors, or a file of a run such as NAME/checkpoints/best.safetensors, got "
                    + UserException.quote(name));
        }
        byte[] content = request.body(MOST_BYTES);
        if (name.endsWith(".safetensors")) {
            Safetensors.parse(content, name);
        }
        keep(machines.folders().dropped().resolve(name), content);
        MachineId id = MachineId.parse("dropped/" + matcher.group(1));
        if (matcher.group(2) == null) {
            requireMachine(id, name);
        }
        return Reply.json(Map.of("id", id.toString()));
    }

    private synchronized void keep(Path file, byte[] content) {
        if (taken + content.length > MOST_IN_ALL) {
            throw new Refusal(413, "body: expected at most " + (MOST_IN_ALL >> 20) + " MiB dropped in all, got more");
        }
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            taken += content.length;
        } catch (IOException e) {
            throw new Refusal(507, "dropped file: cannot keep it: " + e.getMessage());
        }
    }

    /** A file that is no machine is not kept. */
    private void requireMachine(MachineId id, String name) {
        try {
            machines.get(id, OptionalInt.empty());
        } catch (UserException e) {
            try {
                Files.deleteIfExists(machines.folders().dropped().resolve(name));
            } catch (IOException stays) {
                // It is in a temporary folder, and listed as damaged.
            }
            throw new UserException(String.valueOf(e.getMessage()).replace(machines.folders().dropped() + "/", ""), e);
        }
    }
}
