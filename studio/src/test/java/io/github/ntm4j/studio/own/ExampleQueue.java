package io.github.ntm4j.studio.own;

import io.github.ntm4j.engine.parameter.Parameters;
import io.github.ntm4j.machines.memory.Memory;
import io.github.ntm4j.machines.signal.Signals;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The queue of {@code examples/OwnMemory.java}, compiled when it is first asked for. */
final class ExampleQueue {
    private static final class Compiled {
        static final ClassLoader CLASSES = compile();

        private static ClassLoader compile() {
            Path source = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("examples").resolve("OwnMemory.java");
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
                Path folder = Files.createTempDirectory("ntm4j-queue");
                List<String> options = List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
                if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source)).call()) {
                    throw new IllegalStateException(source + " does not compile");
                }
                return new URLClassLoader(new URL[] {folder.toUri().toURL()}, ExampleQueue.class.getClassLoader());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private ExampleQueue() {}

    static Memory<?> make(Parameters parameters, Signals signals, int controllerSize, int rows, int width) {
        try {
            Constructor<?> page = Compiled.CLASSES.loadClass("OwnMemory").getDeclaredConstructor();
            page.setAccessible(true);
            Constructor<?> maker = Compiled.CLASSES.loadClass("OwnMemory$Queue").getDeclaredConstructors()[0];
            maker.setAccessible(true);
            return (Memory<?>) maker.newInstance(page.newInstance(), parameters, signals, controllerSize, rows, width);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
