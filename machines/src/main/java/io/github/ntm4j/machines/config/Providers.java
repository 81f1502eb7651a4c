package io.github.ntm4j.machines.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What others' jars provide as services. */
public final class Providers {
    private Providers() {}

    /**
     * What all providers of a service give.
     *
     * @param loader finds the providers
     * @param service what the service is called in messages, such as {@code machines}
     * @param given what a provider gives
     * @param <P> the service
     * @param <T> what it gives
     * @return all that they give, in the order in which they are found
     * @throws UserException if a provider cannot be made or fails; in one line
     */
    public static <P, T> List<T> given(ServiceLoader<P> loader, String service, Function<P, List<? extends T>> given) {
        List<T> all = new ArrayList<>();
        String provider = service;
        try {
            for (Iterator<P> providers = loader.iterator(); providers.hasNext(); ) {
                provider = service;
                P each = providers.next();
                provider = each.getClass().getName();
                all.addAll(complete(given.apply(each)));
            }
        } catch (ServiceConfigurationError | LinkageError | RuntimeException broken) {
            Throwable cause = broken instanceof ServiceConfigurationError ? broken.getCause() : null;
            String message = broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage();
            String what = cause == null ? message : message + " (" + cause + ")";
            throw new UserException("a jar that provides " + service + ": expected a service that works, found one that does not: "
                    + (provider.equals(service) ? "" : provider + ": ") + what.lines().findFirst().orElse(broken.getClass().getName()), broken);
        }
        return List.copyOf(all);
    }

    private static <T> List<T> complete(@Nullable List<? extends T> given) {
        if (given == null || given.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("gave null, expected a list without it");
        }
        return List.copyOf(given);
    }

    /**
     * Adds what others provide to what there is.
     *
     * @param known what there is, by name
     * @param name the name of what is added
     * @param value what is added
     * @param what what it is called in messages, such as {@code machine}
     * @param <T> what it is
     * @throws UserException if there is something of this name
     */
    public static <T> void add(Map<String, T> known, String name, T value, String what) {
        if (known.putIfAbsent(name, value) != null) {
            throw new UserException("a jar that provides the " + what + " " + UserException.quote(name) + ": there is a " + what + " of this name");
        }
    }
}
