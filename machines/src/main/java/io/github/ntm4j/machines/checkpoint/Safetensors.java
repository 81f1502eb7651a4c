package io.github.ntm4j.machines.checkpoint;

import io.github.ntm4j.machines.config.RunFailedException;
import io.github.ntm4j.machines.config.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * The content of a <a href="https://github.com/huggingface/safetensors">safetensors</a> file: texts and named tensors.
 *
 * <p>The file is the length of its header (8 bytes, little-endian), the header (JSON: name, type, shape and place of every
 * tensor, and the texts under {@code __metadata__}), and the values, little-endian, without gaps. Written are float32 values,
 * starting at a multiple of 8 bytes, and the same content always gives the same bytes. Read are F32, and F64, F16 and BF16
 * turned into float32; tensors of other types are left out, but for their names; everything about the file is checked before memory is taken for what it claims to hold.
 *
 * <p><b>Checksum.</b> Every written file carries two texts more: {@code sha256}, the SHA-256 of the whole file in hexadecimal,
 * computed while its own 64 digits are zeros, and {@code sha256_of}, which says so. Either without the other, or a wrong sum,
 * is damage; a file that has neither was made by other software and is accepted without.
 *
 * @param metadata texts by name, without those of the checksum; in the order of the file
 * @param tensors the tensors by name; in the order of the file
 * @param unread the types of the tensors that were left out, such as {@code I64}, by name
 * @param verified whether this was read from a file whose checksum matched; false for what never was in a file
 */
public record Safetensors(
        SequencedMap<String, String> metadata,
        SequencedMap<String, StoredTensor> tensors,
        SequencedMap<String, String> unread,
        boolean verified) {
    /** Checks names, and copies the maps. */
    public Safetensors {
        metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
        tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
        unread = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(unread));
        metadata.forEach((key, value) -> {
            if (SafetensorsChecksum.KEYS.contains(key)) {
                throw new IllegalArgumentException("metadata key " + key + " is reserved for the checksum");
            }
            requireUnicode(key);
            requireUnicode(value);
        });
        tensors.forEach((name, tensor) -> {
            if (!name.equals(tensor.name()) || name.equals(SafetensorsHeader.METADATA)) {
                throw new IllegalArgumentException("tensor " + tensor.name() + " cannot be stored as " + name);
            }
            requireUnicode(name);
        });
    }

    /**
     * Texts and tensors to be written, in the order given; the names of the tensors must differ.
     *
     * @param metadata texts by their keys
     * @param tensors the tensors
     * @return the content of a file
     * @throws IllegalArgumentException if two tensors have the same name, or a name or text cannot be stored
     */
    public static Safetensors of(Map<String, String> metadata, Collection<StoredTensor> tensors) {
        LinkedHashMap<String, StoredTensor> byName = new LinkedHashMap<>();
        for (StoredTensor tensor : tensors) {
            if (byName.put(tensor.name(), tensor) != null) {
                throw new IllegalArgumentException("two tensors are called " + tensor.name());
            }
        }
        return new Safetensors(new LinkedHashMap<>(metadata), byName, new LinkedHashMap<>(), false);
    }

    /**
     * Reads a file.
     *
     * @param file where it is
     * @return its content
     * @throws UserException if it is missing, not readable, not a safetensors file, or damaged
     */
    public static Safetensors read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new UserException("cannot read " + file + ": it is a folder, not a safetensors file");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new UserException("cannot read " + file + ": it is not a regular file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return SafetensorsReader.read(in, Files.size(file), file.toString());
            }
        } catch (NoSuchFileException e) {
            throw new UserException("cannot read " + file + ": there is no such file", e);
        } catch (IOException e) {
            throw UserException.cannotRead(file, e);
        }
    }

    /**
     * Reads a file that is in memory.
     *
     * @param file all its bytes
     * @param where what messages call it, such as the file's name
     * @return its content
     * @throws UserException if it is not a safetensors file, or damaged
     */
    public static Safetensors parse(byte[] file, String where) {
        try {
            return SafetensorsReader.read(new ByteArrayInputStream(file), file.length, where);
        } catch (IOException e) {
            throw UserException.cannotRead(where, e);
        }
    }

    /**
     * The whole file, checksum included.
     *
     * @return the bytes
     * @throws IllegalArgumentException if it would be larger than an array can be (2 GiB)
     */
    public byte[] bytes() {
        return SafetensorsWriter.bytes(this);
    }

    /**
     * Writes the file whole or not at all.
     *
     * @param file where it is
     * @throws RunFailedException {@code cannot write <file>: <reason>}
     */
    public void write(Path file) {
        AtomicFiles.write(file, bytes());
    }

    /**
     * The first value that is NaN or infinite, in words: {@code element 17 of tensor 'output.bias' is NaN}.
     *
     * @return the place, or nothing if all values are finite
     */
    public Optional<String> firstNonFinite() {
        return firstNonFinite(_ -> true);
    }

    /**
     * The same of some tensors.
     *
     * @param names whether a tensor is one of them, by its name
     * @return the place, or nothing if all their values are finite
     */
    public Optional<String> firstNonFinite(Predicate<String> names) {
        for (StoredTensor tensor : tensors.values()) {
            if (!names.test(tensor.name())) {
                continue;
            }
            float[] data = tensor.data();
            for (int i = 0; i < data.length; i++) {
                if (!Float.isFinite(data[i])) {
                    return Optional.of(
                            "element " + i + " of tensor " + UserException.quote(tensor.name()) + " is " + data[i]);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Refuses a tensor that is needed but has a type that is not read.
     *
     * @param name of the tensor
     * @param where what messages call the file
     * @throws UserException if the file has it in such a type
     */
    public void requireRead(String name, String where) {
        String type = unread.get(name);
        if (type != null) {
            throw new UserException(where + ": tensor " + UserException.quote(name) + " has the type " + UserException.quote(type)
                    + ", which is not supported; expected F32, F64, F16 or BF16");
        }
    }

    private static void requireUnicode(String text) {
        if (!isUnicode(text)) {
            throw new IllegalArgumentException("half a surrogate pair in " + UserException.quote(text));
        }
    }

    static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
