package io.github.ntm4j.cli;

import io.github.ntm4j.learning.recipe.Recipes;
import io.github.ntm4j.learning.task.TaskKinds;
import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.machine.MachineKinds;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Machines and tasks of one's own: in the jars and folders of classes that an environment variable names. */
public final class OwnClasses {
    /** The environment variable: paths as in a class path. */
    static final String VARIABLE = "NTM_CLASSPATH";

    private OwnClasses() {}

    /**
     * Makes them known, before anybody asks which there are.
     *
     * @param paths what the variable says; null or empty for none
     * @throws UserException if a path is no jar or folder, or what it provides cannot be used
     */
    static void load(@Nullable String paths) {
        if (paths == null || paths.isBlank()) {
            return;
        }
        List<URL> urls = new ArrayList<>();
        for (String path : paths.split(File.pathSeparator, -1)) {
            if (!path.isBlank()) {
                urls.add(url(Path.of(path)));
            }
        }
        // Open until the process ends: classes are read from it when they are needed first.
        Thread.currentThread().setContextClassLoader(new URLClassLoader("own", urls.toArray(URL[]::new), OwnClasses.class.getClassLoader()));
        try {
            MachineKinds.all();
            TaskKinds.all();
            Recipes.all();
        } catch (UserException broken) {
            throw new UserException(VARIABLE + ": " + broken.getMessage(), broken);
        }
    }

    private static URL url(Path path) {
        if (!Files.isDirectory(path)) {
            if (!Files.exists(path)) {
                throw new UserException(VARIABLE + ": expected a jar or a folder of classes, found none at " + path);
            }
            try (JarFile jar = new JarFile(path.toFile())) {
                jar.size();
            } catch (IOException e) {
                throw new UserException(VARIABLE + ": expected a jar or a folder of classes, found a file that is no jar: " + path, e);
            }
        }
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
