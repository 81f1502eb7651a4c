package io.github.ntm4j.machines.data;

import io.github.ntm4j.machines.config.UserException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array in NumPy's format {@code .npy}.
 *
 * @param name what messages call it
 * @param kind {@code f}, {@code i}, {@code u}, {@code b} or {@code U}, as NumPy names the kinds of numbers and texts
 * @param shape its axes
 * @param values the numbers, the last axis the fastest; of no length for texts
 * @param texts the texts; empty for numbers
 */
record NpyArray(String name, char kind, List<Integer> shape, float[] values, List<String> texts) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");
    private static final Pattern KNOWN = Pattern.compile("([<>|=])(f2|f4|f8|i1|i2|i4|i8|u1|u2|u4|u8|b1|U[1-9][0-9]{0,4})");
    private static final int MOST_AXES = 8;

    /**
     * Reads an array.
     *
     * @param bytes the file
     * @param name what messages call it
     * @param held counts the memory that the numbers take
     * @throws UserException if it is damaged or holds something else than numbers
     */
    static NpyArray parse(byte[] bytes, String name, HeldBytes held) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        String header = header(in, name);
        String type = found(TYPE, header, name, "descr");
        Matcher known = KNOWN.matcher(type);
        if (!known.matches()) {
            throw new UserException(name + ": " + (type.contains("O")
                    ? "holds objects of Python (a pickle), which are never unpickled; expected an array of numbers"
                    : "has numbers of the type " + UserException.quote(type) + "; expected floats, integers, booleans or texts"));
        }
        boolean fortran = found(ORDER, header, name, "fortran_order").equals("True");
        List<Integer> shape = shape(found(SHAPE, header, name, "shape"), name);
        String kind = known.group(2);
        int size = kind.charAt(0) == 'U' ? 4 * Integer.parseInt(kind.substring(1)) : kind.charAt(1) - '0';
        long count = 1;
        for (int axis : shape) {
            count = Math.multiplyHigh(count, axis) != 0 || count * axis < 0 ? Long.MAX_VALUE : count * axis;
        }
        if (count > in.remaining() / size || count * size != in.remaining()) {
            throw new UserException(name + ": damaged: expected an array of " + shape + " of " + size + " bytes each, found "
                    + in.remaining() + " bytes");
        }
        if (known.group(1).equals(">")) {
            in.order(ByteOrder.BIG_ENDIAN);
        }
        int length = (int) count;
        if (kind.charAt(0) == 'U') {
            held.add(64L * length + in.remaining());
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                texts.add(text(in, size / 4, name));
            }
            return new NpyArray(name, 'U', shape, new float[0], fortran ? texts(texts, shape) : texts);
        }
        held.add(4L * length);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = value(in, kind, name, i);
        }
        return new NpyArray(name, kind.charAt(0), shape, fortran ? reordered(values, shape) : values, List.of());
    }

    private static String header(ByteBuffer in, String name) {
        byte[] magic = new byte[MAGIC.length];
        if (in.remaining() < 10) {
            throw new UserException(name + ": damaged: it ends before the description of its array");
        }
        in.get(magic);
        int version = in.get();
        in.get();
        if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
            throw new UserException(name + ": expected an array of NumPy (.npy, version 1 to 3), found other first bytes");
        }
        long length = version == 1 ? in.getShort() & 0xffff : in.remaining() < 4 ? Long.MAX_VALUE : in.getInt() & 0xffffffffL;
        if (length > in.remaining() || length > 1 << 16) {
            throw new UserException(name + ": damaged: its description would take " + length + " bytes of the " + in.remaining() + " there are");
        }
        byte[] text = new byte[(int) length];
        in.get(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static String found(Pattern pattern, String header, String name, String key) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            boolean fields = key.equals("descr") && header.contains("'descr'");
            throw new UserException(name + (fields ? ": has fields with names; expected an array of plain numbers" : ": damaged: no '" + key
                    + "' in the description of its array"));
        }
        return matcher.group(1);
    }

    private static List<Integer> shape(String text, String name) {
        List<Integer> shape = new ArrayList<>();
        for (String axis : text.split(",", -1)) {
            if (axis.isBlank()) {
                continue;
            }
            try {
                shape.add(Integer.parseInt(axis.strip()));
            } catch (NumberFormatException e) {
                throw new UserException(name + ": an axis of " + UserException.quote(axis.strip()) + " places; expected at most "
                        + Integer.MAX_VALUE, e);
            }
        }
        if (shape.size() > MOST_AXES) {
            throw new UserException(name + ": " + shape.size() + " axes; expected at most 3");
        }
        return List.copyOf(shape);
    }

    private static float value(ByteBuffer in, String kind, String name, int place) {
        double value = switch (kind) {
            case "f2" -> Float.float16ToFloat(in.getShort());
            case "f4" -> in.getFloat();
            case "f8" -> in.getDouble();
            case "i1" -> in.get();
            case "u1", "b1" -> in.get() & 0xff;
            case "i2" -> in.getShort();
            case "u2" -> in.getShort() & 0xffff;
            case "i4" -> in.getInt();
            case "u4" -> in.getInt() & 0xffffffffL;
            default -> in.getLong();
        };
        boolean whole = kind.charAt(0) != 'f';
        if (whole && Math.abs(value) > 1 << 24) {
            throw new UserException(name + ": number " + (place + 1) + " is " + (long) value + "; expected whole numbers up to " + (1 << 24));
        }
        if (Double.isInfinite((float) value)) {
            throw new UserException(name + ": number " + (place + 1) + " is too large for a 32-bit float");
        }
        return (float) value;
    }

    private static String text(ByteBuffer in, int characters, String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < characters; i++) {
            int character = in.getInt();
            if (!Character.isValidCodePoint(character)) {
                throw new UserException(name + ": damaged: a text with the character " + Integer.toUnsignedString(character));
            }
            text.appendCodePoint(character);
        }
        return text.toString().replaceFirst("\u0000+$", "");
    }

    private static float[] reordered(float[] values, List<Integer> shape) {
        float[] other = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            other[place(i, shape)] = values[i];
        }
        return other;
    }

    private static List<String> texts(List<String> texts, List<Integer> shape) {
        String[] other = new String[texts.size()];
        for (int i = 0; i < other.length; i++) {
            other[place(i, shape)] = texts.get(i);
        }
        return List.of(other);
    }

    /** Where a value stands with the last axis fastest that stood at a place with the first axis fastest. */
    private static int place(int first, List<Integer> shape) {
        int rest = first;
        int place = 0;
        int stride = 1;
        for (int axis : shape) {
            stride *= axis;
        }
        for (int axis : shape) {
            stride /= axis;
            place += rest % axis * stride;
            rest /= axis;
        }
        return place;
    }

    /** Whether it has whole numbers. */
    boolean isWhole() {
        return kind == 'i' || kind == 'u';
    }

    /** How messages and reports call its form. */
    String described() {
        return shape + " " + switch (kind) {
            case 'f' -> "real numbers";
            case 'b' -> "booleans";
            case 'U' -> "texts";
            default -> "whole numbers";
        };
    }
}
