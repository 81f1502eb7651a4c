package io.github.ntm4j.machines.checkpoint;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of the <a href="https://github.com/huggingface/safetensors#format">safetensors format</a>, written down from its
 * description and from what its reference implementation refuses. It has nothing in common with the reader it is held against,
 * not even the parser of JSON.
 */
public final class SafetensorsRules {
    private static final long HEADER_LIMIT = 100_000_000;
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** Bits of an element. */
    private static final Map<String, Integer> BITS = Map.ofEntries(
            Map.entry("F4", 4), Map.entry("F6_E2M3", 6), Map.entry("F6_E3M2", 6),
            Map.entry("BOOL", 8), Map.entry("U8", 8), Map.entry("I8", 8),
            Map.entry("F8_E5M2", 8), Map.entry("F8_E4M3", 8), Map.entry("F8_E8M0", 8),
            Map.entry("U16", 16), Map.entry("I16", 16), Map.entry("F16", 16), Map.entry("BF16", 16),
            Map.entry("U32", 32), Map.entry("I32", 32), Map.entry("F32", 32),
            Map.entry("U64", 64), Map.entry("I64", 64), Map.entry("F64", 64), Map.entry("C64", 64));

    /** What a file can break. */
    public enum Rule {
        /** A file begins with eight bytes, the length of the header. */
        EIGHT_BYTES_FIRST,
        /** A header has at most 100,000,000 bytes. */
        HEADER_LIMIT,
        /** The header lies within the file. */
        HEADER_WITHIN_FILE,
        /** The header is UTF-8. */
        HEADER_IS_UTF8,
        /** The header begins with a brace. */
        BRACE_FIRST,
        /** The header is one JSON object, with nothing but white space behind it. */
        HEADER_IS_JSON,
        /** No key comes twice in an object. */
        NO_KEY_TWICE,
        /** Metadata are texts by name. */
        METADATA_ARE_TEXTS,
        /** An entry has a dtype, a shape and two offsets, all of the right kind. */
        ENTRY,
        /** Sizes are computed in 64 bits. */
        NO_OVERFLOW,
        /** An element of less than a byte never leaves a byte half used. */
        WHOLE_BYTES,
        /** The offsets span what dtype and shape need. */
        SPAN,
        /** A tensor begins where the one before it ends: no hole, no overlap. */
        CONTIGUOUS,
        /** The last tensor ends where the file ends: nothing missing, nothing behind. */
        COVERED
    }

    private record Tensor(BigInteger begin, BigInteger end) {}

    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;
        private final Rule rule;

        Broken(Rule rule) {
            super(rule.name());
            this.rule = rule;
        }
    }

    private SafetensorsRules() {}

    /** The first rule that a file breaks. */
    public static Optional<Rule> broken(byte[] file) {
        try {
            check(file);
            return Optional.empty();
        } catch (Broken e) {
            return Optional.of(e.rule);
        }
    }

    private static void require(boolean held, Rule rule) throws Broken {
        if (!held) {
            throw new Broken(rule);
        }
    }

    private static void check(byte[] file) throws Broken {
        require(file.length >= 8, Rule.EIGHT_BYTES_FIRST);
        long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        require(length >= 0 && length <= HEADER_LIMIT, Rule.HEADER_LIMIT);
        require(length <= file.length - 8, Rule.HEADER_WITHIN_FILE);
        String header;
        try {
            header = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file, 8, (int) length)).toString();
        } catch (CharacterCodingException e) {
            throw new Broken(Rule.HEADER_IS_UTF8);
        }
        require(header.startsWith("{"), Rule.BRACE_FIRST);
        Map<?, ?> entries;
        try {
            entries = (Map<?, ?>) StrictJson.parse(header);
        } catch (StrictJson.Wrong e) {
            throw new Broken(e.duplicate ? Rule.NO_KEY_TWICE : Rule.HEADER_IS_JSON);
        }
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            if (entry.getKey().equals("__metadata__")) {
                require(entry.getValue() instanceof Map<?, ?> metadata
                        && metadata.values().stream().allMatch(String.class::isInstance), Rule.METADATA_ARE_TEXTS);
            } else {
                tensors.add(tensor(entry.getValue()));
            }
        }
        tensors.sort(Comparator.comparing(Tensor::begin).thenComparing(Tensor::end));
        BigInteger end = BigInteger.ZERO;
        for (Tensor tensor : tensors) {
            require(tensor.begin.equals(end), Rule.CONTIGUOUS);
            end = tensor.end;
        }
        require(end.equals(BigInteger.valueOf(file.length - 8 - length)), Rule.COVERED);
    }

    private static Tensor tensor(Object value) throws Broken {
        require(value instanceof Map<?, ?>, Rule.ENTRY);
        Map<?, ?> entry = (Map<?, ?>) value;
        Integer bits = entry.get("dtype") instanceof String dtype ? BITS.get(dtype) : null;
        require(bits != null, Rule.ENTRY);
        BigInteger size = BigInteger.ONE;
        boolean overflow = false;
        for (BigInteger axis : numbers(entry.get("shape"))) {
            size = size.multiply(axis);
            overflow |= size.compareTo(LARGEST) > 0;
        }
        List<BigInteger> offsets = numbers(entry.get("data_offsets"));
        require(offsets.size() == 2, Rule.ENTRY);
        BigInteger sizeInBits = size.multiply(BigInteger.valueOf(bits));
        require(!overflow && sizeInBits.compareTo(LARGEST) <= 0, Rule.NO_OVERFLOW);
        require(!sizeInBits.testBit(0) && !sizeInBits.testBit(1) && !sizeInBits.testBit(2), Rule.WHOLE_BYTES);
        require(offsets.get(1).subtract(offsets.get(0)).equals(sizeInBits.shiftRight(3)), Rule.SPAN);
        return new Tensor(offsets.get(0), offsets.get(1));
    }

    private static List<BigInteger> numbers(Object value) throws Broken {
        require(value instanceof List<?>, Rule.ENTRY);
        List<BigInteger> numbers = new ArrayList<>();
        for (Object element : (List<?>) value) {
            require(element instanceof BigInteger number && number.signum() >= 0 && number.compareTo(LARGEST) <= 0, Rule.ENTRY);
            numbers.add((BigInteger) element);
        }
        return numbers;
    }
}
