package io.github.ntm4j.studio.machine;

import io.github.ntm4j.learning.run.Checkpoints;
import io.github.ntm4j.learning.run.RunConfig;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineConfig;
import io.github.ntm4j.machines.model.Model;
import io.github.ntm4j.studio.server.Endpoint;
import io.github.ntm4j.studio.server.Reply;
import io.github.ntm4j.studio.server.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Lists the machines that come with ntm4j and those that were dropped on the page; runs have a list of their own. */
public final class MachineListEndpoint implements Endpoint {
    private static final String SHIFT_RANGE = "shift_range";

    private static final String SUFFIX = ".safetensors";

    private final Machines machines;

    /**
     * An endpoint.
     *
     * @param machines the machines
     */
    public MachineListEndpoint(Machines machines) {
        this.machines = machines;
    }

    @Override
    public Reply answer(Request request) {
        return Reply.json(Map.of("models", list()));
    }

    /**
     * The list.
     *
     * @return names and values of each machine; of one that is damaged, what is wrong
     */
    public List<SequencedMap<String, Object>> list() {
        List<SequencedMap<String, Object>> list = new ArrayList<>();
        for (MachineId.Source source : List.of(MachineId.Source.MODELS, MachineId.Source.DROPPED)) {
            for (String name : names(machines.folders().of(source))) {
                list.add(entry(source.word() + "/" + name));
            }
        }
        return list;
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name)
                    .filter(name -> OwnFiles.isFolder(folder, folder.resolve(name)) || OwnFiles.isFile(folder, folder.resolve(name + SUFFIX)))
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw UserException.cannotRead(folder, e);
        }
    }

    private SequencedMap<String, Object> entry(String name) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("id", name);
        try {
            map.putAll(describe(machines.get(MachineId.parse(name), OptionalInt.empty())));
        } catch (UserException damaged) {
            map.put("problem", machines.folders().plain(String.valueOf(damaged.getMessage())));
        }
        return map;
    }

    /**
     * What the page has to know of a machine to offer it.
     *
     * @param machine the machine
     * @return names and values
     */
    public static SequencedMap<String, Object> describe(LoadedMachine machine) {
        Model model = machine.model();
        MachineConfig config = model.machineConfig();
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("machine", config.name());
        machine.taskName().ifPresent(task -> map.put("task", task));
        map.put("inputs", model.machine().inputs());
        map.put("outputs", model.machine().outputs());
        map.put("parameters", model.machine().parameters().count());
        config.memorySize().ifPresent(size -> {
            map.put("rows", size.rows());
            map.put("width", size.width());
            map.put("read_heads", size.readHeads());
            map.put("write_heads", size.writeHeads());
        });
        Object shifts = Settings.describe((Record) config).get(SHIFT_RANGE);
        if (shifts != null) {
            map.put(SHIFT_RANGE, shifts);
        }
        map.put("sizes", TaskDescriptions.sizes(machine.task(null)));
        RunConfig run = RunConfig.of(model);
        if (run != null) {
            map.put("seed", run.seed());
        }
        Checkpoints.trainedSequences(model).ifPresent(count -> map.put("sequences", count));
        return map;
    }
}
