package io.github.ntm4j.machines.signal;

import io.github.ntm4j.engine.border.Arguments;
import io.github.ntm4j.engine.tape.Tape;
import io.github.ntm4j.engine.tape.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that a machine shows of itself at every step. {@link Signals} makes it, the constructor of the part that declares it describes it,
 * and whoever records a step gives it its tensor. What is not said to be a detail is drawn wherever the machine is.
 */
public final class Signal {
    private final Kind kind;
    private final String group;
    private final String name;
    private final int rows;
    private final int width;
    private final @Nullable Signal over;
    private final @Nullable Use use;
    private final List<String> labels;
    private float low;
    private float high;
    private boolean settable;
    private boolean detail;
    private Layout layout;
    private @Nullable Role role;
    private @Nullable Signal previous;
    private String title;
    private String sessionName;

    Signal(
            Kind kind,
            String group,
            String name,
            int rows,
            int width,
            @Nullable Signal over,
            @Nullable Use use,
            List<String> labels,
            float low,
            float high) {
        this.kind = kind;
        this.group = group;
        this.name = name;
        this.rows = rows;
        this.width = width;
        this.over = over;
        this.use = use;
        this.labels = List.copyOf(labels);
        this.low = low;
        this.high = high;
        this.title = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        this.sessionName = address();
        this.layout = kind == Kind.STORE ? Layout.COLUMNS : Layout.ROWS;
    }

    /**
     * Lets users set it: the machine goes on from what it is set to.
     *
     * @return this signal
     */
    public Signal settable() {
        settable = true;
        return this;
    }

    /**
     * Leaves it to closer looks: pictures and tracks over the steps do without it.
     *
     * @return this signal
     */
    public Signal detail() {
        detail = true;
        return this;
    }

    /**
     * Says from where to where its numbers go.
     *
     * @param least the least
     * @param greatest the greatest
     * @return this signal
     */
    public Signal within(float least, float greatest) {
        if (!(least < greatest)) {
            throw new IllegalArgumentException(address() + ": expected a range from less to more, got " + least + " to " + greatest);
        }
        low = least;
        high = greatest;
        return this;
    }

    /**
     * Says what it means.
     *
     * @param meaning a role that no other signal of its group has
     * @return this signal
     */
    public Signal as(Role meaning) {
        role = Arguments.given("role", meaning);
        return this;
    }

    /**
     * Says what stands beside it where it is drawn, if not its name. Where several signals have the same title, their groups tell them apart.
     *
     * @param words a word or two
     * @return this signal
     */
    public Signal titled(String words) {
        title = Arguments.given("title", words);
        return this;
    }

    /**
     * Says what it is called among the named values of a session, if not by its address.
     *
     * @param value the name of a value
     * @return this signal
     */
    public Signal named(String value) {
        sessionName = Arguments.given("name", value);
        return this;
    }

    /**
     * Says which signal has what this one was a step before; who holds it takes that also before the first step.
     *
     * @param before a signal of the same shape
     * @return this signal
     */
    public Signal after(Signal before) {
        if (before.floats() != floats()) {
            throw new IllegalArgumentException(address() + ": expected one of " + floats() + " floats before, got " + before.floats());
        }
        previous = before;
        return this;
    }

    /**
     * Says that the tensor of a store has a line for each row, and not, as the operations of the engine have it, one for each column.
     *
     * @return this signal
     */
    public Signal byRows() {
        layout = Layout.ROWS;
        return this;
    }

    /**
     * Says that the tensor of a store has for each row the same number of entries, side by side: a line with the columns that they are in, ascending
     * and then -1, and a line with what is there.
     *
     * @return this signal
     */
    public Signal inEntries() {
        layout = Layout.ENTRIES;
        return this;
    }

    /**
     * Gives it its tensor, in every recorded step. It costs nothing when the recording runs.
     *
     * @param tape the tape
     * @param tensor {@code [batch][1][floats]}; of a store {@code [batch][width][rows]}, or {@code [batch][rows][width]} where it is
     *     {@link #byRows}, or {@code [batch][2][rows * entries]} where it is {@link #inEntries}
     */
    public void record(Tape tape, Tensor tensor) {
        requireShape(tensor);
        tape.name(sessionName, tensor);
    }

    /**
     * Gives a store the tensor that a step begins with; interventions change it there.
     *
     * @param tape the tape
     * @param tensor as in {@link #record}
     */
    public void recordBefore(Tape tape, Tensor tensor) {
        requireShape(tensor);
        tape.name(nameBefore(), tensor);
    }

    private void requireShape(Tensor tensor) {
        boolean store = kind == Kind.STORE;
        if (!(store ? layout.fits(this, tensor.lines(), tensor.size()) : tensor.lines() * tensor.size() == floats())) {
            throw new IllegalArgumentException("signal " + address() + ": expected " + (store ? layout.shape(this) : floats() + " floats") + ", got "
                    + tensor.lines() + " lines of " + tensor.size());
        }
    }

    /**
     * What it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * What it belongs to, such as a head: {@code write 1}.
     *
     * @return the group; empty for a store
     */
    public String group() {
        return group;
    }

    /**
     * What it is called in its group.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Group and name: {@code write 1/gate}; a store has its name only.
     *
     * @return what files and addresses call it
     */
    public String address() {
        return group.isEmpty() ? name : group + "/" + name;
    }

    /**
     * What it is called among the named values of a session.
     *
     * @return its address, if its machine says nothing else
     */
    public String sessionName() {
        return sessionName;
    }

    /**
     * What a store is called there as it is before the step.
     *
     * @return {@code memory_before} of a store {@code memory}
     */
    public String nameBefore() {
        return sessionName + "_before";
    }

    /**
     * The floats of a step.
     *
     * @return {@code rows * width} of a store
     */
    public int floats() {
        return Math.multiplyExact(rows, width);
    }

    /**
     * Rows of a store, or of the store that it is over; 1 for all others.
     *
     * @return the number
     */
    public int rows() {
        return rows;
    }

    /**
     * Floats in a row of a store; of a vector or a distribution, all of them.
     *
     * @return the number
     */
    public int width() {
        return width;
    }

    /**
     * The store over whose rows it is.
     *
     * @return a store, or nothing for what is over no rows; for a store of rows by rows, the one it relates the rows of
     */
    public Optional<Signal> over() {
        return Optional.ofNullable(over);
    }

    /**
     * What a head does with this weighting.
     *
     * @return nothing where it is a stage on the way to one, or no weighting at all
     */
    public Optional<Use> use() {
        return Optional.ofNullable(use);
    }

    /**
     * What it means.
     *
     * @return nothing where that is its machine's own affair
     */
    public Optional<Role> role() {
        return Optional.ofNullable(role);
    }

    /**
     * The alternatives of a distribution.
     *
     * @return their names
     */
    public List<String> labels() {
        return labels;
    }

    /**
     * The signal that has what this one was a step before.
     *
     * @return nothing where none has
     */
    public Optional<Signal> previous() {
        return Optional.ofNullable(previous);
    }

    /**
     * What stands beside it where it is drawn.
     *
     * @return a word or two
     */
    public String title() {
        return title;
    }

    /**
     * The least that it can be set to.
     *
     * @return a number
     */
    public float low() {
        return low;
    }

    /**
     * The greatest that it can be set to.
     *
     * @return a number
     */
    public float high() {
        return high;
    }

    /**
     * Whether users may set it.
     *
     * @return false for what follows from others
     */
    public boolean isSettable() {
        return settable;
    }

    /**
     * Whether it is left to closer looks.
     *
     * @return true for what pictures and tracks do without
     */
    public boolean isDetail() {
        return detail;
    }

    /**
     * A value of this signal as it is told: of a store one row after the other.
     *
     * @param lines {@code [lines][size]} of its tensor
     * @return a copy, as many floats as it has
     */
    public float[] flat(float[][] lines) {
        float[] flat = new float[floats()];
        if (kind == Kind.STORE) {
            for (int row = 0; row < rows; row++) {
                layout.read(this, lines, row, flat, row * width);
            }
        } else {
            for (int line = 0; line < lines.length; line++) {
                System.arraycopy(lines[line], 0, flat, line * lines[line].length, lines[line].length);
            }
        }
        return flat;
    }

    /**
     * Sets a cell of a store.
     *
     * @param lines {@code [lines][size]} of its tensor
     * @param row row
     * @param column column
     * @param value its new value
     */
    public void set(float[][] lines, int row, int column, float value) {
        layout.set(this, lines, row, column, value);
    }

    /**
     * Exchanges two rows of a store.
     *
     * @param lines {@code [lines][size]} of its tensor
     * @param row one row
     * @param other the other row
     */
    public void swap(float[][] lines, int row, int other) {
        layout.swap(this, lines, row, other);
    }

    /**
     * The numbers of a store, wherever they are.
     *
     * @param lines {@code [lines][size]} of its tensor
     * @return those lines that have them, not copied
     */
    public float[][] numbers(float[][] lines) {
        return layout.numbers(lines);
    }

    @Override
    public String toString() {
        return address();
    }
}
