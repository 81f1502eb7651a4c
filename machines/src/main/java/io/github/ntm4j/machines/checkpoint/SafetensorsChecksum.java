package io.github.ntm4j.machines.checkpoint;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/**
 * The checksum of a safetensors file, as two entries of its metadata: the SHA-256 of all bytes of the file with the digits of
 * the checksum itself as zeros, and a text that says so. There are two entries so that a file in which one became unreadable
 * isn't taken for one that never had a checksum.
 */
final class SafetensorsChecksum {
    static final String KEY = "sha256";
    static final String OF_KEY = "sha256_of";
    static final String OF = "this file with the 64 digits of sha256 as zeros";
    static final String ZEROS = "0".repeat(64);
    static final Set<String> KEYS = Set.of(KEY, OF_KEY);

    private SafetensorsChecksum() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
