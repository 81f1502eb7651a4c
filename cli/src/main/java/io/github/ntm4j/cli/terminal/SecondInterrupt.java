package io.github.ntm4j.cli.terminal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Makes a SIGINT end the process at once where one is being ended already: the virtual machine alone would ignore it until its shutdown
 * hooks are done. Java has this in {@code sun.misc} only, which is therefore looked up when it runs; without it, or where SIGINT is not for
 * programs to handle, the second one is ignored as ever.
 */
public final class SecondInterrupt implements AutoCloseable {
    private static final int CODE = 130;

    private final AtomicBoolean ending = new AtomicBoolean();
    private @Nullable Method register;
    private @Nullable Object signal;
    private @Nullable Object before;

    /** Listens from now on. */
    @SuppressWarnings("ReferenceEquality") // that is what equals of a handler is
    SecondInterrupt() {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Method handle = handlers.getMethod("handle", signals);
            InvocationHandler own = (proxy, method, arguments) -> {
                if (method.equals(handle)) {
                    interrupted(handle, arguments[0]);
                    return null;
                }
                return switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "second interrupt";
                };
            };
            Object interrupt = signals.getConstructor(String.class).newInstance("INT");
            Method registering = signals.getMethod("handle", signals, handlers);
            Object proxy = Proxy.newProxyInstance(handlers.getClassLoader(), new Class<?>[] {handlers}, own);
            before = registering.invoke(null, interrupt, proxy);
            signal = interrupt;
            register = registering;
        } catch (ReflectiveOperationException | IllegalArgumentException notHere) {
            // The first one still ends the process in order.
        }
    }

    /** The process is being ended, for whatever reason. */
    void ending() {
        ending.set(true);
    }

    private void interrupted(Method handle, Object which) throws ReflectiveOperationException {
        if (ending.getAndSet(true)) {
            Runtime.getRuntime().halt(CODE);
        }
        Object usual = before;
        if (usual == null) {
            System.exit(CODE);
        } else {
            handle.invoke(usual, which);
        }
    }

    @Override
    public void close() {
        Method registering = register;
        if (registering != null) {
            try {
                registering.invoke(null, signal, before);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                // What listens on is harmless: it does what was done before.
            }
        }
    }
}
