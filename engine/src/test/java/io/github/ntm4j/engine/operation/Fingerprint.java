package io.github.ntm4j.engine.operation;

import io.github.ntm4j.engine.kernel.KernelProvider;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The bits of everything that the catalogue computes, as one hash. As a program it prints the hash of a provider. */
final class Fingerprint {
    private Fingerprint() {}

    public static void main(String[] arguments) {
        KernelProvider provider = KernelProvider.valueOf(arguments[0]);
        System.out.println(provider.description());
        System.out.println(of(provider));
    }

    /** Hash over values, derivatives and derivatives by parameters of all samples, and of wild expressions. */
    static String of(KernelProvider provider) {
        MessageDigest digest = sha256();
        for (Subject subject : Catalogue.subjects()) {
            subject.all().forEach(sample -> update(digest, sample, provider));
        }
        RandomExpressions.wild().forEach(sample -> update(digest, sample, provider));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, Sample sample, KernelProvider provider) {
        Run run = new Run(sample, provider);
        run.backward(Run.upstream(run, sample.random()));
        digest.update(sample.description().getBytes(StandardCharsets.UTF_8));
        update(digest, run.valuesInUse());
        update(digest, run.gradientsInUse());
        update(digest, run.parameterGradients);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void update(MessageDigest digest, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length);
        for (float value : values) {
            bytes.putInt(Float.floatToIntBits(value));
        }
        digest.update(bytes.array());
    }
}
