package io.github.ntm4j.machines.checkpoint;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON by the letter of RFC 8259, for tests that hold another parser against it. Objects are maps, arrays lists, whole numbers
 * {@link BigInteger}, and {@code true}, {@code false}, {@code null} and other numbers their own text in a {@link Word}.
 */
final class StrictJson {
    private static final int DEEPEST = 128;

    private final String text;
    private int at;

    private StrictJson(String text) {
        this.text = text;
    }

    /** A value that rules about headers need no more of than that it is none of the others. */
    record Word(String text) {}

    /** The text is not JSON, or has a key twice. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        final boolean duplicate;

        Wrong(String message, boolean duplicate) {
            super(message);
            this.duplicate = duplicate;
        }
    }

    /** One value with nothing but white space around it. */
    static Object parse(String text) throws Wrong {
        StrictJson json = new StrictJson(text);
        Object value = json.value(0);
        json.space();
        if (json.at < text.length()) {
            throw json.wrong("more than one value");
        }
        return value;
    }

    private Wrong wrong(String what) {
        return new Wrong(what + " at " + at, false);
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char c) throws Wrong {
        if (peek() != c) {
            throw wrong("expected " + c);
        }
        at++;
    }

    private Object value(int depth) throws Wrong {
        if (depth > DEEPEST) {
            throw wrong("too deep");
        }
        space();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) throws Wrong {
        Map<String, Object> map = new LinkedHashMap<>();
        expect('{');
        space();
        if (peek() == '}') {
            at++;
            return map;
        }
        while (true) {
            space();
            String key = string();
            space();
            expect(':');
            if (map.containsKey(key)) {
                throw new Wrong("the key " + key + " twice", true);
            }
            map.put(key, value(depth + 1));
            space();
            if (peek() == '}') {
                at++;
                return map;
            }
            expect(',');
        }
    }

    private List<Object> array(int depth) throws Wrong {
        List<Object> list = new ArrayList<>();
        expect('[');
        space();
        if (peek() == ']') {
            at++;
            return list;
        }
        while (true) {
            list.add(value(depth + 1));
            space();
            if (peek() == ']') {
                at++;
                return list;
            }
            expect(',');
        }
    }

    private Word word(String word) throws Wrong {
        if (!text.startsWith(word, at)) {
            throw wrong("expected " + word);
        }
        at += word.length();
        return new Word(word);
    }

    private int digits() throws Wrong {
        int from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == from) {
            throw wrong("expected a digit");
        }
        return at - from;
    }

    private Object number() throws Wrong {
        int from = at;
        boolean negative = peek() == '-';
        if (negative) {
            at++;
        }
        boolean zero = peek() == '0';
        if (digits() > 1 && zero) {
            throw wrong("a number that begins with 0");
        }
        boolean whole = true;
        if (peek() == '.') {
            at++;
            digits();
            whole = false;
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
            whole = false;
        }
        String number = text.substring(from, at);
        return whole && !number.equals("-0") ? new BigInteger(number) : new Word(number);
    }

    private String string() throws Wrong {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (true) {
            if (at >= text.length()) {
                throw wrong("a string without end");
            }
            char c = text.charAt(at++);
            if (c == '"') {
                break;
            }
            if (c < ' ') {
                throw wrong("a control character in a string");
            }
            string.append(c == '\\' ? escape() : c);
        }
        for (int i = 0; i < string.length(); i++) {
            if (Character.isHighSurrogate(string.charAt(i)) && i + 1 < string.length() && Character.isLowSurrogate(string.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(string.charAt(i))) {
                throw wrong("half a surrogate pair");
            }
        }
        return string.toString();
    }

    private char escape() throws Wrong {
        char c = peek();
        at++;
        int simple = "\"\\/bfnrt".indexOf(c);
        if (simple >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(simple);
        }
        if (c != 'u' || at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            throw wrong("an unknown escape");
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
}
