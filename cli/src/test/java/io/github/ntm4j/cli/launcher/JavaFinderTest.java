package io.github.ntm4j.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaFinderTest {

    @TempDir private Path root;

    @Test
    void nothingInstalledFindsNothing() {
        assertThat(finder(Map.of()).find(25)).isEmpty();
    }

    @Test
    void anOlderJavaIsPassedOver() throws IOException {
        install("usr/lib/jvm/java-17", "17.0.15");
        Path java = install("usr/lib/jvm/java-25", "25.0.3");
        assertThat(finder(Map.of()).find(25)).contains(java);
    }

    @Test
    void aNewerJavaIsGoodEnough() throws IOException {
        Path java = install("home/.jdks/openjdk-27", "27-ea");
        assertThat(finder(Map.of()).find(25)).contains(java);
    }

    @Test
    void theVariableForThisVersionComesFirst() throws IOException {
        Path general = install("general", "25");
        Path special = install("special", "25.0.1");
        install("usr/lib/jvm/java-25", "25.0.3");
        var both = Map.of("JAVA_HOME", home(general).toString(), "JAVA25_HOME", home(special).toString());
        assertThat(finder(both).find(25)).contains(special);
        assertThat(finder(Map.of("JAVA_HOME", home(general).toString())).find(25)).contains(general);
    }

    @Test
    void aJavaHomeThatIsTooOldDoesNotHideANewOne() throws IOException {
        Path old = install("old", "17.0.15");
        Path java = install("home/.sdkman/candidates/java/25.0.3-tem", "25.0.3");
        assertThat(finder(Map.of("JAVA_HOME", home(old).toString())).find(25)).contains(java);
    }

    @Test
    void theJavaOnThePathIsFollowedThroughItsLink() throws IOException {
        Path java = install("somewhere/jdk", "25.0.3");
        Path bin = Files.createDirectories(root.resolve("usr/bin"));
        Files.createSymbolicLink(bin.resolve("java"), java);
        assertThat(finder(Map.of("PATH", "/no/such/folder::" + bin)).find(25)).contains(java.toRealPath());
    }

    @Test
    void aMacBundleIsLookedInto() throws IOException {
        Path java = install("Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home", "25.0.3");
        assertThat(finder(Map.of()).find(25)).contains(java);
    }

    @Test
    void aFolderWithoutAnExecutableOrAReadableVersionIsNoJava() throws IOException {
        Path broken = install("opt/a", "25.0.3");
        Files.delete(broken);
        install("opt/b", "twenty-five");
        Files.createDirectories(root.resolve("opt/c/bin"));
        assertThat(finder(Map.of()).find(25)).isEmpty();
    }

    private JavaFinder finder(Map<String, String> environment) {
        return new JavaFinder(environment, root, root.resolve("home"));
    }

    private Path install(String folder, String version) throws IOException {
        Path home = root.resolve(folder);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Some\"\nJAVA_VERSION=\"" + version + "\"\n");
        return java;
    }

    private static Path home(Path java) {
        return java.getParent().getParent();
    }
}
