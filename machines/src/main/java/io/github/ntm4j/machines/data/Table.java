package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table of numbers and texts.
 *
 * @param name what messages call it
 * @param delimiter what stands between its cells
 * @param header the names of its columns; null if its first row has none
 * @param rows the others
 */
record Table(String name, char delimiter, @Nullable List<String> header, List<Row> rows) {
    /** A number as many languages write it. */
    static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?\\d+,\\d+");

    private static final int SAMPLE = 1 << 16;
    private static final int SAMPLED_ROWS = 50;
    private static final char[] DELIMITERS = {'\t', ';', ','};
    private static final Set<String> MISSING = Set.of("", "nan", "na", "n/a", "null", "?");
    private static final Set<String> USUAL_NAMES = Set.of("input", "target", "source", "src", "trg", "tgt", "question", "answer", "query",
            "response", "text", "label", "class", "output", "x", "y", "in", "out", "prompt", "completion", "sentence", "translation");

    /**
     * A row.
     *
     * @param line the line that it began in
     * @param numbers of each cell; NaN where it is empty or a text
     * @param texts of each cell; null where all are numbers or empty
     */
    record Row(long line, float[] numbers, String @Nullable [] texts) {
        int cells() {
            return numbers.length;
        }

        /** Whether a cell is neither a number nor empty. */
        boolean isText(int cell) {
            return texts != null && Float.isNaN(numbers[cell]) && !isMissing(texts[cell]);
        }

        /** Whether a cell says nothing. */
        boolean isEmpty(int cell) {
            return Float.isNaN(numbers[cell]) && (texts == null || isMissing(texts[cell]));
        }
    }

    /**
     * Reads a table into memory.
     *
     * @param in UTF-8, which can be marked
     * @param name what messages call it
     * @param tabs whether its columns are parted by tabs for sure
     * @throws UserException if it cannot be read, is no table, has no rows, or takes too much memory
     */
    static Table read(InputStream in, String name, boolean tabs) {
        HeldBytes held = new HeldBytes(name);
        try {
            skipByteOrderMark(in);
            char delimiter = tabs ? '\t' : delimiter(in, name);
            Delimited text = new Delimited(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT))), name, delimiter);
            List<Row> rows = new ArrayList<>();
            List<String> first = text.next();
            for (List<String> cells = first; cells != null; cells = text.next()) {
                rows.add(row(cells, text.line(), name, held));
            }
            if (first == null) {
                throw new UserException(name + ": expected sequences, found none");
            }
            boolean named = isHeader(first, rows);
            return new Table(name, delimiter, named ? first.stream().map(String::strip).toList() : null, named ? rows.subList(1, rows.size()) : rows);
        } catch (IOException e) {
            throw UserException.cannotRead(name, e);
        }
    }

    private static void skipByteOrderMark(InputStream in) throws IOException {
        in.mark(3);
        if (in.read() != 0xEF || in.read() != 0xBB || in.read() != 0xBF) {
            in.reset();
        }
    }

    private static char delimiter(InputStream in, String name) throws IOException {
        in.mark(SAMPLE);
        byte[] bytes = in.readNBytes(SAMPLE);
        in.reset();
        String sample = new String(bytes, StandardCharsets.UTF_8);
        if (bytes.length == SAMPLE && sample.lastIndexOf('\n') > 0) {
            sample = sample.substring(0, sample.lastIndexOf('\n'));
        }
        char ragged = 0;
        for (char delimiter : DELIMITERS) {
            List<Integer> widths = sampled(sample, name, delimiter).stream().map(List::size).toList();
            if (widths.stream().allMatch(width -> width > 1)) {
                if (widths.stream().distinct().count() == 1) {
                    return delimiter;
                }
                ragged = ragged == 0 ? delimiter : ragged;
            }
        }
        boolean blanks = ragged == 0 && sampled(sample, name, Delimited.BLANKS).stream()
                .allMatch(row -> row.size() > 1 && row.stream().allMatch(cell -> isMissing(cell) || number(cell) != null));
        return ragged != 0 ? ragged : blanks ? Delimited.BLANKS : ',';
    }

    private static List<List<String>> sampled(String sample, String name, char delimiter) {
        List<List<String>> rows = new ArrayList<>();
        Delimited text = new Delimited(new StringReader(sample), name, delimiter);
        try {
            for (List<String> row = text.next(); row != null && rows.size() < SAMPLED_ROWS; row = text.next()) {
                rows.add(row);
            }
        } catch (UserException _) {
            // Other delimiters may do; if none does, reading the table says what is wrong.
            rows.add(List.of());
        }
        return rows;
    }

    private static Row row(List<String> cells, long line, String name, HeldBytes held) {
        held.add(64 + 4L * cells.size());
        float[] numbers = new float[cells.size()];
        boolean plain = cells.size() > 2;
        for (int i = 0; i < numbers.length; i++) {
            String cell = cells.get(i);
            Float number = isMissing(cell) ? Float.valueOf(Float.NaN) : number(cell);
            plain &= number != null;
            numbers[i] = number == null ? Float.NaN : number;
            if (Float.isInfinite(numbers[i])) {
                throw new UserException(name + ", line " + line + ", column " + (i + 1) + ": " + UserException.quote(cell)
                        + " is too large for a 32-bit float");
            }
        }
        if (!plain) {
            cells.forEach(cell -> held.add(48L + 2L * cell.length()));
        }
        return new Row(line, numbers, plain ? null : cells.toArray(String[]::new));
    }

    private static boolean isMissing(String cell) {
        return cell.length() <= 8 && MISSING.contains(cell.strip().toLowerCase(Locale.ROOT));
    }

    /** A number as tables write it; null for a text. */
    private static @Nullable Float number(String cell) {
        String stripped = cell.strip();
        for (int i = 0; i < stripped.length(); i++) {
            if ("0123456789+-.eE".indexOf(stripped.charAt(i)) < 0) {
                return null;
            }
        }
        try {
            return Float.valueOf(stripped);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isHeader(List<String> first, List<Row> rows) {
        Row names = rows.getFirst();
        for (int i = 0; i < names.cells(); i++) {
            if (!Float.isNaN(names.numbers()[i])) {
                return false;
            }
        }
        for (Row row : rows.subList(1, Math.min(rows.size(), SAMPLED_ROWS))) {
            for (int i = 0; i < Math.min(names.cells(), row.cells()); i++) {
                if (names.isText(i) && !Float.isNaN(row.numbers()[i])) {
                    return true;
                }
            }
        }
        return first.stream().allMatch(cell -> USUAL_NAMES.contains(cell.strip().toLowerCase(Locale.ROOT)));
    }

    /** The most cells of a row. */
    int columns() {
        return rows.stream().mapToInt(Row::cells).max().orElse(0);
    }

    /** How messages and reports call the place of a cell. */
    String column(int column) {
        return "column " + (column + 1) + (header == null || column >= header.size() ? "" : " (" + UserException.quote(header.get(column)) + ")");
    }

    /** An error in a row. */
    UserException problem(Row row, String what) {
        return new UserException(name + ", line " + row.line() + ": " + what);
    }

    /** The number in a cell. */
    float number(Row row, int column) {
        if (column >= row.cells() || row.isEmpty(column)) {
            throw problem(row, column(column) + " is empty; expected a number");
        }
        if (row.isText(column)) {
            String cell = Objects.requireNonNull(row.texts())[column];
            throw problem(row, column(column) + ": " + UserException.quote(cell) + " is not a number"
                    + (DECIMAL_COMMA.matcher(cell.strip()).matches() ? "; expected a decimal point" : ""));
        }
        return row.numbers()[column];
    }

    /** The cell as it stands, without white space around it. */
    String text(Row row, int column) {
        String[] texts = row.texts();
        return texts != null ? texts[column].strip() : whole(row.numbers()[column]) ? String.valueOf((int) row.numbers()[column])
                : String.valueOf(row.numbers()[column]);
    }

    /** Whether a number is a whole one that a float holds exactly. */
    static boolean whole(float number) {
        return number == Math.rint(number) && Math.abs(number) < 1 << 24;
    }
}
