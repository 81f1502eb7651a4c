package io.github.ntm4j.learning.task;

import io.github.ntm4j.machines.config.Setting;
import io.github.ntm4j.machines.config.Settings;
import io.github.ntm4j.machines.config.UserException;

/**
 * The settings of the task of recalling the next block.
 *
 * @param name always {@code recall-blocks}
 * @param minBlocks fewest blocks in training
 * @param maxBlocks most blocks in training
 * @param blockLength vectors in a block
 * @param width bits in a vector
 * @param counted which steps count
 */
public record RecallBlocksConfig(
        @Setting("the task") Name name,
        @Setting(value = "fewest blocks in training", min = 2, max = 10000) int minBlocks,
        @Setting(value = "most blocks in training", min = 2, max = 10000) int maxBlocks,
        @Setting(value = "vectors in a block", min = 1, max = 100) int blockLength,
        @Setting(value = "bits in a vector", min = 1, max = 4096) int width,
        @Setting("which steps count") CountedSteps counted)
        implements TaskConfig {
    /** The only name. */
    public enum Name {
        /** Recalling the next block. */
        RECALL_BLOCKS
    }

    /** As in the paper: 2 to 16 blocks of three vectors of 8 bits. */
    public static final RecallBlocksConfig DEFAULT = new RecallBlocksConfig(Name.RECALL_BLOCKS, 2, 16, 3, 8, CountedSteps.ANSWERS);

    /** The task. */
    public static final TaskKind KIND = new TaskKind("recall-blocks", "remember blocks of vectors and name the one behind the block asked for", DEFAULT);

    /** Checks the range. */
    public RecallBlocksConfig {
        if (minBlocks > maxBlocks) {
            throw new UserException("task.min_blocks: expected at most task.max_blocks " + maxBlocks + ", got " + minBlocks);
        }
    }

    @Override
    public String taskName() {
        return "recall-blocks";
    }

    @Override
    public RecallBlocksTask create() {
        return new RecallBlocksTask(Settings.requireWithin(this, "task"));
    }
}
