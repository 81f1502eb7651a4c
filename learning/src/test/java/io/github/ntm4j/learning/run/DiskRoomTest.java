package io.github.ntm4j.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskRoomTest {
    private static final long MEBIBYTE = 1 << 20;

    private OptionalLong left = OptionalLong.empty();
    private final DiskRoom room = new DiskRoom(Path.of("runs/a"), () -> left);

    private boolean warns(long mebibytes) {
        left = OptionalLong.of(mebibytes * MEBIBYTE);
        return room.after(MEBIBYTE / 2).isPresent();
    }

    @Test
    void aDiskThatIsNearlyFullIsReportedWithWhatIsLeftAndWhatIsNeeded() {
        left = OptionalLong.of(7 * MEBIBYTE);
        assertThat(room.after(MEBIBYTE / 2))
                .hasValue("the disk is nearly full: runs/a has room for 7.0 MiB, and the next 16 checkpoints need 8.0 MiB");
    }

    @Test
    void itIsReportedOnceAndAgainOnlyAfterThereWasRoomForTwiceAsMuch() {
        assertThat(warns(8)).isFalse();
        assertThat(warns(7)).isTrue();
        assertThat(warns(6)).isFalse();
        assertThat(warns(9)).isFalse();
        assertThat(warns(7)).isFalse();
        assertThat(warns(16)).isFalse();
        assertThat(warns(0)).isTrue();
    }

    @Test
    void aFileSystemThatDoesNotTellIsNotReported() {
        assertThat(room.after(MEBIBYTE)).isEmpty();
    }

    @Test
    void aDiskWithRoomIsNotReported(@TempDir Path folder) {
        assertThat(new DiskRoom(folder).after(1)).isEmpty();
    }

    @Test
    void aDiskIsAskedForWhatItReallyHas(@TempDir Path folder) {
        assertThat(new DiskRoom(folder).after(Long.MAX_VALUE / 32)).hasValueSatisfying(line -> assertThat(line).contains(folder.toString()));
    }
}
