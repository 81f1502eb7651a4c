package io.github.ntm4j.studio.run;

import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.model.RunFolder;
import io.github.ntm4j.studio.machine.MachineFolders;
import io.github.ntm4j.studio.machine.MachineId;
import io.github.ntm4j.studio.server.Endpoint;
import io.github.ntm4j.studio.server.Refusal;
import io.github.ntm4j.studio.server.Reply;
import io.github.ntm4j.studio.server.Request;
import java.util.Map;

/** Halts, ends and goes on with trainings of this process. What other processes train is left to them. */
final class ControlEndpoint implements Endpoint {
    private final MachineFolders folders;
    private final RunList list;
    private final Trainings trainings;

    /**
     * An endpoint.
     *
     * @param folders where runs are
     * @param list all runs
     * @param trainings those that this process trains
     */
    ControlEndpoint(MachineFolders folders, RunList list, Trainings trainings) {
        this.folders = folders;
        this.list = list;
        this.trainings = trainings;
    }

    @Override
    public Reply answer(Request request) {
        ControlSpec spec = request.json(ControlSpec.class);
        ControlSpec.Action action = spec.what();
        RunFolder run = folders.run(MachineId.parse(spec.name()));
        trainings.of(run.path()).ifPresentOrElse(training -> perform(action, training, spec), () -> {
            if (action != ControlSpec.Action.CONTINUE) {
                throw refused(spec.name(), "expected a run that this studio trains, found one that is " + state(spec.name()));
            }
            resume(spec.name(), run);
        });
        trainings.touch();
        return Reply.json(Map.of("run", spec.name(), "state", state(spec.name())));
    }

    private static void perform(ControlSpec.Action action, Training training, ControlSpec spec) {
        switch (action) {
            case PAUSE -> training.pause();
            case CONTINUE -> training.proceed();
            case CHECKPOINT -> training.checkpoint();
            case STOP -> training.stop();
            case RATE -> training.rate(spec.wantedRate());
        }
    }

    private void resume(String name, RunFolder run) {
        RunStatus status = list.find(name).orElseThrow(() -> refused(name, "expected a run in the list, found none"));
        if (!status.resumable()) {
            throw refused(name, status.paths().last()
                    ? "expected a run that ended before its end, found one that is " + state(name)
                    : "expected a checkpoint to go on from, found none");
        }
        trainings.resume(run);
    }

    private String state(String name) {
        return list.find(name)
                .map(run -> run.state() == RunState.ELSEWHERE
                        ? "trained by another process"
                        : Settings.text(run.state()) + run.outcome().map(why -> " (" + Settings.text(why) + ")").orElse(""))
                .orElse("gone");
    }

    private static Refusal refused(String name, String why) {
        return new Refusal(409, name + ": " + why);
    }
}
