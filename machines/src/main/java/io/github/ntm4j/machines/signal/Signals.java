package io.github.ntm4j.machines.signal;

import io.github.ntm4j.engine.border.Arguments;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a machine shows of itself. Its parts declare their signals in their constructors, beside their parameters, and give them their tensors
 * when they record a step:
 *
 * <pre>{@code
 * Signal memory = signals.store("memory", rows, width);
 * Signal weighting = signals.weighting("write 1", "weighting", memory, Use.WRITES);
 * Signal gate = signals.number("write 1", "gate", 0, 1).settable();
 * ...
 * gate.record(tape, gates);
 * }</pre>
 *
 * <p>The order of declaration is the order in which they are drawn.
 */
public final class Signals {
    /** Numbers without a limit of their own: far more than a memory ever holds, and far from where sums overflow. */
    public static final float UNLIMITED = 1e6f;

    private final SequencedMap<String, Signal> all = new LinkedHashMap<>();

    /** No signals yet. */
    public Signals() {}

    /**
     * Declares a store.
     *
     * @param name its name
     * @param rows number of rows
     * @param width floats in a row
     * @return the signal
     */
    public Signal store(String name, int rows, int width) {
        return add(new Signal(Kind.STORE, "", name, rows, width, null, null, List.of(), -UNLIMITED, UNLIMITED));
    }

    /**
     * Declares a store that relates the rows of another to one another, such as links: row i, column j has what row i is to row j. Its tensor
     * has a line for each row.
     *
     * @param name its name
     * @param store the store whose rows it relates
     * @return the signal
     */
    public Signal relation(String name, Signal store) {
        requireStore(store);
        return add(new Signal(Kind.STORE, "", name, store.rows(), store.rows(), store, null, List.of(), -UNLIMITED, UNLIMITED)).byRows();
    }

    /**
     * Declares where a head looks.
     *
     * @param group the head
     * @param name its name in the group
     * @param store over whose rows
     * @param use what the head does there
     * @return the signal
     */
    public Signal weighting(String group, String name, Signal store, Use use) {
        requireStore(store);
        return add(new Signal(Kind.WEIGHTING, group, name, store.rows(), 1, store, Arguments.given("use", use), List.of(), 0, 1));
    }

    /**
     * Declares a stage on the way to where a head looks, or another share of each row.
     *
     * @param group what it belongs to
     * @param name its name in the group
     * @param store over whose rows
     * @return the signal
     */
    public Signal weighting(String group, String name, Signal store) {
        requireStore(store);
        return add(new Signal(Kind.WEIGHTING, group, name, store.rows(), 1, store, null, List.of(), 0, 1));
    }

    /**
     * Declares a number for each row of a store.
     *
     * @param group what it belongs to
     * @param name its name in the group
     * @param store over whose rows
     * @param low the least that it can be
     * @param high the greatest that it can be
     * @return the signal
     */
    public Signal rows(String group, String name, Signal store, float low, float high) {
        requireStore(store);
        return add(new Signal(Kind.ROWS, group, name, store.rows(), 1, store, null, List.of(), low, high));
    }

    /**
     * Declares numbers side by side.
     *
     * @param group what it belongs to
     * @param name its name in the group
     * @param width how many
     * @return the signal
     */
    public Signal vector(String group, String name, int width) {
        return add(new Signal(Kind.VECTOR, group, name, 1, width, null, null, List.of(), -UNLIMITED, UNLIMITED));
    }

    /**
     * Declares a number.
     *
     * @param group what it belongs to
     * @param name its name in the group
     * @param low the least that it can be
     * @param high the greatest that it can be, {@link #UNLIMITED} if there is no such thing
     * @return the signal
     */
    public Signal number(String group, String name, float low, float high) {
        return add(new Signal(Kind.NUMBER, group, name, 1, 1, null, null, List.of(), low, high));
    }

    /**
     * Declares a share of each of a few alternatives.
     *
     * @param group what it belongs to
     * @param name its name in the group
     * @param alternatives what they are called
     * @return the signal
     */
    public Signal distribution(String group, String name, String... alternatives) {
        Arguments.atLeast("alternatives", 1, alternatives.length);
        return add(new Signal(Kind.DISTRIBUTION, group, name, 1, alternatives.length, null, null, List.of(alternatives), 0, UNLIMITED));
    }

    private Signal add(Signal signal) {
        if (all.putIfAbsent(signal.address(), signal) != null) {
            throw new IllegalArgumentException("signal " + signal.address() + ": expected a name that no other has");
        }
        return signal;
    }

    private void requireStore(@Nullable Signal store) {
        if (store == null || store.kind() != Kind.STORE || !all.containsValue(store)) {
            throw new IllegalArgumentException("store: expected one that was declared here, got " + store);
        }
    }

    /**
     * All of them.
     *
     * @return in the order of declaration
     */
    public Collection<Signal> all() {
        return Collections.unmodifiableCollection(all.values());
    }

    /**
     * The signal at an address.
     *
     * @param address {@code write 1/gate}, or the name of a store
     * @return nothing if there is none
     */
    public Optional<Signal> at(String address) {
        return Optional.ofNullable(all.get(address));
    }

    /**
     * The signal that has a role in a group.
     *
     * @param group the group
     * @param role the role
     * @return nothing if there is none
     */
    public Optional<Signal> in(String group, Role role) {
        return all.values().stream()
                .filter(signal -> signal.group().equals(group) && signal.role().filter(role::equals).isPresent())
                .findFirst();
    }

    /**
     * All stores.
     *
     * @return in the order of declaration
     */
    public List<Signal> stores() {
        return all.values().stream().filter(signal -> signal.kind() == Kind.STORE).toList();
    }

    /**
     * Where heads look.
     *
     * @return weightings that have a use, in the order of declaration
     */
    public List<Signal> heads() {
        return all.values().stream().filter(signal -> signal.use().isPresent()).toList();
    }

    /**
     * Where heads look that do a certain thing there.
     *
     * @param use what they do
     * @return weightings, in the order of declaration
     */
    public List<Signal> heads(Use use) {
        return heads().stream().filter(signal -> signal.use().filter(use::equals).isPresent()).toList();
    }

    /**
     * The store that heads look at: what is in words of rows means its rows.
     *
     * @return the first that has a head; nothing where none has
     */
    public Optional<Signal> memory() {
        return heads().stream().flatMap(head -> head.over().stream()).findFirst();
    }
}
