package io.github.ntm4j.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.engine.kernel.Activation;
import io.github.ntm4j.engine.tape.Operation;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
    @Test
    void everyOperationOfTheEngineIsInTheCatalogue() throws IOException, URISyntaxException {
        Set<Class<?>> covered = Catalogue.subjects().stream().map(Subject::operation).collect(Collectors.toSet());
        assertThat(implementations()).isNotEmpty();
        assertThat(covered).containsExactlyInAnyOrderElementsOf(implementations());
    }

    @Test
    void everyActivationIsInTheCatalogue() {
        List<String> names = Catalogue.subjects().stream().map(Subject::name).toList();
        assertThat(names).containsAll(Arrays.stream(Activation.values()).map(f -> "ActivateColumns, " + f).toList());
    }

    @Test
    void noTwoSamplesOfASubjectAreTheSame() {
        for (Subject subject : Catalogue.subjects()) {
            assertThat(subject.all().stream().map(Sample::description)).doesNotHaveDuplicates();
        }
    }

    /** The compiled classes of the engine that implement Operation. */
    private static List<Class<?>> implementations() throws IOException, URISyntaxException {
        Path classes = Path.of(Operation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        assertThat(classes).as("compiled classes of the engine").isDirectory();
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.').replace('\\', '.'))
                    .<Class<?>>map(CatalogueTest::load)
                    .filter(type -> Operation.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Operation.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
