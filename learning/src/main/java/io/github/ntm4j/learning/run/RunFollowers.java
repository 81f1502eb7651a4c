package io.github.ntm4j.learning.run;

import io.github.ntm4j.learning.training.TrainingEvent;
import io.github.ntm4j.machines.model.RunFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.ServiceLoader;

/** Whoever follows a run, as one follower. */
final class RunFollowers implements RunFollower {
    private final List<RunFollower> followers;

    private RunFollowers(List<RunFollower> followers) {
        this.followers = followers;
    }

    /** Asks every maker there is. */
    static RunFollowers of(RunFolder folder, OptionalLong resumedAt) {
        List<RunFollower> followers = new ArrayList<>();
        try {
            for (RunFollower.Maker maker : ServiceLoader.load(RunFollower.Maker.class, RunFollowers.class.getClassLoader())) {
                followers.add(maker.follow(folder, resumedAt));
            }
        } catch (RuntimeException e) {
            followers.forEach(RunFollower::close);
            throw e;
        }
        return new RunFollowers(followers);
    }

    @Override
    public void hear(TrainingEvent event) {
        followers.forEach(follower -> follower.hear(event));
    }

    @Override
    public void flush() {
        followers.forEach(RunFollower::flush);
    }

    @Override
    public void close() {
        followers.forEach(RunFollower::close);
    }
}
