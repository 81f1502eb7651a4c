package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a text in the manner of RFC 4180: cells between delimiters, in quotes where they have one, a quote or a line break. */
final class Delimited {
    /** Stands for a delimiter of any number of blanks and tabs, without quotes. */
    static final char BLANKS = ' ';

    private static final int MOST_CELLS = 1_000_000;
    private static final int LONGEST_CELL = 16 << 20;

    private final Reader in;
    private final String name;
    private final char delimiter;
    private int next = -2;
    private long line;
    private long lines = 1;

    /**
     * A text before its first row.
     *
     * @param name what messages call it
     * @param delimiter what stands between cells
     */
    Delimited(Reader in, String name, char delimiter) {
        this.in = in;
        this.name = name;
        this.delimiter = delimiter;
    }

    /** The line that the row began in, counted from 1. */
    long line() {
        return line;
    }

    /**
     * The cells of the next row that is not blank; null at the end.
     *
     * @throws UserException if it cannot be read, is not UTF-8, or a quote is not closed
     */
    @Nullable List<String> next() {
        try {
            while (peek() >= 0) {
                line = lines;
                List<String> row = delimiter == BLANKS ? blanks() : row();
                if (row.size() > 1 || (!row.isEmpty() && !row.getFirst().isBlank())) {
                    return row;
                }
            }
            return null;
        } catch (CharacterCodingException e) {
            throw new UserException(name + ", line " + lines + ": not valid UTF-8", e);
        } catch (IOException e) {
            throw UserException.cannotRead(name, e);
        }
    }

    private int peek() throws IOException {
        if (next == -2) {
            next = in.read();
        }
        return next;
    }

    private int take() throws IOException {
        int taken = peek();
        next = -2;
        if (taken == '\n') {
            lines++;
        }
        if (taken == 0) {
            throw new UserException(name + ", line " + lines + ": a zero byte; expected text in UTF-8");
        }
        return taken;
    }

    private static boolean ends(int character) {
        return character < 0 || character == '\n';
    }

    private List<String> blanks() throws IOException {
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        while (true) {
            int character = take();
            if (ends(character) || character <= ' ') {
                if (!cell.isEmpty()) {
                    add(row, cell.toString());
                    cell.setLength(0);
                }
                if (ends(character)) {
                    return row;
                }
            } else {
                append(cell, character);
            }
        }
    }

    private List<String> row() throws IOException {
        List<String> row = new ArrayList<>();
        while (true) {
            add(row, peek() == '"' ? quoted() : plain());
            int after = take();
            if (ends(after)) {
                return row;
            }
        }
    }

    private String plain() throws IOException {
        StringBuilder cell = new StringBuilder();
        while (!ends(peek()) && peek() != delimiter) {
            append(cell, take());
        }
        int length = cell.length();
        return length > 0 && cell.charAt(length - 1) == '\r' ? cell.substring(0, length - 1) : cell.toString();
    }

    private String quoted() throws IOException {
        StringBuilder cell = new StringBuilder();
        take();
        while (true) {
            int character = take();
            if (character < 0) {
                throw new UserException(name + ", line " + line + ": a quote that is not closed");
            }
            if (character != '"') {
                append(cell, character);
            } else if (peek() == '"') {
                append(cell, take());
            } else {
                break;
            }
        }
        String rest = plain();
        if (!rest.isBlank()) {
            throw new UserException(name + ", line " + line + ": " + UserException.quote(rest)
                    + " behind a closing quote; expected a quote within quotes to be written twice");
        }
        return cell.toString();
    }

    private void append(StringBuilder cell, int character) {
        if (cell.length() == LONGEST_CELL) {
            throw new UserException(name + ", line " + line + ": a cell of more than " + LONGEST_CELL + " characters");
        }
        cell.append((char) character);
    }

    private void add(List<String> row, String cell) {
        if (row.size() == MOST_CELLS) {
            throw new UserException(name + ", line " + line + ": more than " + MOST_CELLS + " cells");
        }
        row.add(cell);
    }
}
