package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import io.github.ntm4j.machines.data.Sequences.HoldBack;
import io.github.ntm4j.machines.data.Table.Row;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a table are as sequences: a text and its answer; a series of numbers and its label; or, with {@code task.window}, steps
 * in time, of which windows are the sequences.
 */
final class TableFile {
    private static final Set<String> LABELS = Set.of("label", "labels", "class", "target", "y", "category", "answer", "output");
    private static final String SAYS_OTHERWISE = "task.label_column=first, last or a column's name says which it is, task.window=... that the"
            + " rows are steps of a series";

    private static final Pattern DATE = Pattern.compile("^\\d{1,4}[-/.:]\\d{1,2}([-/.:]\\d{1,4}|$)");

    private final Table table;
    private final SequenceFormat format;
    private final Reading reading;
    private final int first;
    private final Set<Integer> textual = new HashSet<>();

    private TableFile(Table table, SequenceFormat format) {
        this.table = table;
        this.format = format;
        this.reading = format.reading();
        List<String> header = table.header();
        // What pandas writes: the numbers of the rows in a column without a name.
        first = header != null && header.size() > 1 && header.getFirst().isEmpty() ? 1 : 0;
        for (Row row : table.rows()) {
            for (int i = first; i < row.cells(); i++) {
                if (row.isText(i) && !Table.DECIMAL_COMMA.matcher(table.text(row, i)).matches()) {
                    textual.add(i);
                }
            }
        }
    }

    /**
     * Reads a table.
     *
     * @param in its bytes, unpacked
     * @param name what messages call it
     * @param tabs whether its columns are parted by tabs for sure
     * @param format what its sequences must be like, and how they are found
     * @param decoder knows their form
     * @throws UserException if it is not such a table
     */
    static Lines.Held read(InputStream in, String name, boolean tabs, SequenceFormat format, LineDecoder decoder) {
        TableFile file = new TableFile(Table.read(in, name, tabs), format);
        if (file.table.rows().isEmpty()) {
            throw new UserException(name + ": expected rows below the names of the columns, found none");
        }
        return format.reading().window() > 0 ? file.series(decoder) : file.rows(decoder);
    }

    private String described() {
        String columns = switch (table.delimiter()) {
            case '\t' -> "tabs";
            case ';' -> "semicolons";
            case Delimited.BLANKS -> "blanks";
            default -> "commas";
        };
        return table.rows().size() + (table.rows().size() == 1 ? " row" : " rows") + ", columns parted by " + columns + ", "
                + (table.header() == null ? "no header" : "a header");
    }

    // Steps of a series

    private Lines.Held series(LineDecoder decoder) {
        int from = textual.contains(first) ? first + 1 : first;
        int columns = table.columns();
        if (from >= columns) {
            throw new UserException(table.name() + ": expected columns of numbers for a series, found only texts");
        }
        OptionalInt named = reading.labelColumn().equals("auto") || reading.labelColumn().equals("none")
                ? OptionalInt.empty() : OptionalInt.of(chosen(from, columns));
        int width = columns - from;
        float[] values = new float[Math.multiplyExact(table.rows().size(), width)];
        for (int t = 0; t < table.rows().size(); t++) {
            Row row = table.rows().get(t);
            for (int i = 0; i < width; i++) {
                values[t * width + i] = table.number(row, from + i);
            }
        }
        int window = reading.window();
        int horizon = reading.horizon();
        int steps = table.rows().size();
        SeriesWindows windows = new SeriesWindows(values, steps, width, window, horizon,
                named.isPresent() ? named.getAsInt() - from : -1, !format.targetRequired());
        if (windows.isEmpty()) {
            throw new UserException(table.name() + ": expected at least " + (format.targetRequired() ? window + horizon : window)
                    + " rows for a window of " + window + (format.targetRequired() ? " and the " + horizon + " that follow" : "")
                    + ", found " + steps);
        }
        String left = from == first ? "" : "; " + table.column(first) + " holds texts and is left out";
        String note = described() + ": a series of " + steps + " steps of " + width + (width == 1 ? " channel" : " channels")
                + (named.isPresent() ? ", " + table.column(named.getAsInt()) + " to be told" : "") + left
                + "; each " + (window == 1 ? "row" : window + " rows") + " with the " + (horizon == 1 ? "one" : horizon) + " that follow"
                + (horizon == 1 ? "s" : "") + " as the target (task.window, task.horizon)";
        return new Lines.Held(windows, new HoldBack.Last(window + horizon - 1), Map.of(), note, decoder);
    }

    // A row for each sequence

    private Lines.Held rows(LineDecoder decoder) {
        int columns = table.columns();
        boolean asks = List.of("auto", "first", "last").contains(reading.labelColumn()) || table.header() != null;
        boolean dates = textual.stream().anyMatch(this::isDate);
        boolean texts = columns - first == 2 && !textual.isEmpty() && !dates && asks;
        if (texts || (columns - first == 1 && !textual.isEmpty())) {
            return texts(columns, decoder);
        }
        return labelled(columns, decoder);
    }

    /** Whether a column holds dates or times of the day. */
    private boolean isDate(int column) {
        return table.rows().stream().allMatch(row -> column >= row.cells() || DATE.matcher(table.text(row, column)).find());
    }

    private Lines.Held texts(int columns, LineDecoder decoder) {
        int answer = first + 1;
        if (columns - first == 2) {
            List<String> header = table.header();
            boolean reversed = header != null && isLabel(header, first) && !isLabel(header, answer);
            answer = reading.labelColumn().equals("auto") ? reversed ? first : answer : chosen(first, columns);
        }
        int question = answer == first ? first + 1 : first;
        List<SequenceLine> lines = new ArrayList<>();
        HeldBytes held = new HeldBytes(table.name());
        for (Row row : table.rows()) {
            if (row.cells() <= question || (row.cells() <= answer && format.targetRequired())) {
                throw table.problem(row, row.cells() + " cells; expected 2, a text and its answer");
            }
            SequenceSide asked = side(table.text(row, question), format.inputForm());
            SequenceSide wanted = row.cells() <= answer ? null : side(table.text(row, answer), format.targetForm());
            SequenceLine line = new SequenceLine(asked, wanted, null, row.line());
            held.add(line.bytes());
            lines.add(line);
        }
        String note = described() + ": " + table.column(question) + " is the input"
                + (columns - first == 2 ? ", " + table.column(answer) + " the target (task.label_column)" : "");
        Map<String, Object> found = columns - first == 2
                ? Map.of("label_column", answer == first ? "first" : "last", "columns", columns) : Map.of();
        return new Lines.Held(lines, new HoldBack.Any(), found, note, decoder);
    }

    private SequenceSide side(String text, @Nullable SequenceForm form) {
        return form == SequenceForm.WORDS || (form == null && !reading.separator().isEmpty())
                ? new SequenceSide.Words(reading.split(text))
                : new SequenceSide.Text(text.codePoints().toArray());
    }

    private Lines.Held labelled(int columns, LineDecoder decoder) {
        int label = label(columns);
        if (columns - first < (label < 0 ? 1 : 2)) {
            throw new UserException(table.name() + ": expected rows of a series and its label, found one column; " + SAYS_OTHERWISE);
        }
        if (label < 0 && format.targetRequired()) {
            throw new UserException(table.name() + ": expected a label for each row, found none; " + SAYS_OTHERWISE);
        }
        List<SequenceLine> lines = new ArrayList<>();
        HeldBytes held = new HeldBytes(table.name());
        @Nullable SequenceForm form = format.targetForm() != null || label < 0 ? format.targetForm() : form(label);
        for (Row row : table.rows()) {
            SequenceSide target = label < 0 ? null : target(row, label, form);
            SequenceLine line = new SequenceLine(input(row, label), target, null, row.line());
            held.add(line.bytes());
            lines.add(line);
        }
        boolean alike = table.rows().stream().allMatch(row -> row.cells() == columns);
        String note = described() + ": a series in each row" + (label < 0 ? ""
                : ", " + table.column(label) + " its label (task.label_column, or task.window for one series)");
        Map<String, Object> found = label < 0
                ? Map.of() : Map.of("label_column", word(label, columns), "columns", alike ? columns : 0);
        return new Lines.Held(lines, new HoldBack.Any(), found, note, decoder);
    }

    /** How a setting names a column. */
    private String word(int label, int columns) {
        List<String> header = table.header();
        return header != null && label < header.size() ? header.get(label) : label == first ? "first" : label == columns - 1 ? "last" : "auto";
    }

    /** The column of the label; -1 if there is none. */
    private int label(int columns) {
        boolean auto = reading.labelColumn().equals("auto");
        if (reading.labelColumn().equals("none")) {
            return -1;
        }
        if (format.targetRequired()) {
            return auto ? guessed(columns) : chosen(first, columns);
        }
        // Rows to be answered may have a label or none.
        List<String> header = table.header();
        if (header != null && !auto) {
            return Math.max(-1, header.indexOf(reading.labelColumn()));
        }
        if (reading.columns() == 0 || columns == reading.columns() - 1) {
            return -1;
        }
        if (columns != reading.columns()) {
            throw new UserException(table.name() + ": expected rows of " + (reading.columns() - 1) + " numbers, or " + reading.columns()
                    + " with the label, as in training; found " + columns);
        }
        return auto ? guessed(columns) : chosen(first, columns);
    }

    /** The column that a setting names. */
    private int chosen(int from, int columns) {
        List<String> header = table.header();
        int named = header == null ? -1 : header.indexOf(reading.labelColumn());
        if (named >= from) {
            return named;
        }
        return switch (reading.labelColumn()) {
            case "first" -> from;
            case "last" -> columns - 1;
            default -> throw new UserException(table.name() + ": task.label_column: expected first, last, none"
                    + (header == null ? ", as there are no names of columns" : " or one of "
                            + String.join(", ", header.subList(from, Math.min(header.size(), from + 12)))
                            + (header.size() > from + 12 ? ", ..." : ""))
                    + "; got " + UserException.quote(reading.labelColumn()));
        };
    }

    private static boolean isLabel(List<String> header, int column) {
        return LABELS.contains(header.get(column).toLowerCase(Locale.ROOT));
    }

    private int guessed(int columns) {
        List<String> header = table.header();
        if (header != null) {
            OptionalInt named = IntStream.range(first, header.size()).filter(i -> isLabel(header, i)).findFirst();
            if (named.isPresent()) {
                return named.getAsInt();
            }
        }
        int last = columns - 1;
        boolean firstRepeats = repeats(first);
        boolean lastRepeats = table.rows().stream().allMatch(row -> row.cells() == columns) && repeats(last);
        Set<Integer> texts = new HashSet<>(textual);
        if (firstRepeats && texts.equals(Set.of(first))) {
            return first;
        }
        if (lastRepeats && texts.equals(Set.of(last))) {
            return last;
        }
        if (texts.isEmpty() && firstRepeats) {
            return first;
        }
        if (texts.isEmpty() && lastRepeats) {
            return last;
        }
        throw new UserException(table.name() + ": expected two columns of texts, or series with a label, found "
                + described() + ", of which neither the first nor the last looks like a label; " + SAYS_OTHERWISE);
    }

    /** Whether a column has a few different texts, no dates, or whole numbers that come again and again. */
    private boolean repeats(int column) {
        Set<Object> different = new HashSet<>();
        for (Row row : table.rows()) {
            if (row.isEmpty(column) || !(row.isText(column) || Table.whole(row.numbers()[column]))) {
                return false;
            }
            different.add(row.isText(column) ? table.text(row, column) : row.numbers()[column]);
        }
        return !isDate(column) && different.size() > 1 && different.size() <= table.rows().size() / 2;
    }

    /** What labels are: symbols if all are whole numbers from 0, words if some are texts or below 0, else numbers. */
    private SequenceForm form(int label) {
        SequenceForm form = SequenceForm.SYMBOLS;
        for (Row row : table.rows()) {
            if (label >= row.cells() || row.isEmpty(label)) {
                throw table.problem(row, "expected a label in " + table.column(label) + ", found nothing");
            }
            if (row.isText(label)) {
                return SequenceForm.WORDS;
            }
            float number = row.numbers()[label];
            if (!Table.whole(number)) {
                form = SequenceForm.VECTORS;
            } else if (number < 0 && form == SequenceForm.SYMBOLS) {
                form = SequenceForm.WORDS;
            }
        }
        return form;
    }

    private SequenceSide target(Row row, int label, @Nullable SequenceForm form) {
        if (label >= row.cells() || row.isEmpty(label)) {
            throw table.problem(row, "expected a label in " + table.column(label) + ", found nothing");
        }
        return switch (Objects.requireNonNull(form)) {
            case VECTORS -> new SequenceSide.Vectors(new float[] {table.number(row, label)}, 1, 1);
            case SYMBOLS -> new SequenceSide.Symbols(new int[] {symbol(row, label)});
            case WORDS -> new SequenceSide.Words(List.of(table.text(row, label)));
            case TEXT -> new SequenceSide.Text(table.text(row, label).codePoints().toArray());
        };
    }

    private int symbol(Row row, int column) {
        float number = table.number(row, column);
        if (number < 0 || !Table.whole(number)) {
            throw table.problem(row, table.column(column) + ": " + number + " is not a whole number from 0");
        }
        return (int) number;
    }

    /** The numbers of a row but its label, up to the last that is there. */
    private SequenceSide input(Row row, int label) {
        int end = row.cells();
        while (end > first && (row.isEmpty(end - 1) || end - 1 == label)) {
            end--;
        }
        int[] cells = IntStream.range(first, end).filter(i -> i != label).toArray();
        if (cells.length == 0) {
            throw table.problem(row, "expected numbers, found none");
        }
        if (format.inputForm() == SequenceForm.SYMBOLS) {
            return new SequenceSide.Symbols(IntStream.of(cells).map(i -> symbol(row, i)).toArray());
        }
        float[] values = new float[cells.length];
        for (int i = 0; i < cells.length; i++) {
            values[i] = table.number(row, cells[i]);
        }
        return new SequenceSide.Vectors(values, cells.length, 1);
    }
}
