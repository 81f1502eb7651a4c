package com.example.consumer;

import io.github.ntm4j.engine.kernel.KernelProvider;
import io.github.ntm4j.engine.random.Random64;
import io.github.ntm4j.machines.machine.Machine;
import io.github.ntm4j.machines.machine.Session;
import io.github.ntm4j.machines.model.Model;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalInt;

/**
 * Runs a machine from a file on a sequence of random bits, and prints which kernels it ran on and the SHA-256 of all its outputs.
 * The sum is the same whatever the kernels.
 */
final class HashOutputs {
    private static final int STEPS = 40;

    private HashOutputs() {}

    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        Machine machine = Model.load(Path.of(arguments[0]), OptionalInt.empty()).machine();
        KernelProvider kernels = KernelProvider.best();
        Session session = new Session(machine, 1, kernels);

        Random64 random = Random64.of(1, "consumer", 0);
        float[] input = new float[machine.inputs()];
        float[] probabilities = new float[machine.outputs()];
        ByteBuffer bytes = ByteBuffer.allocate(STEPS * machine.outputs() * Float.BYTES);
        for (int step = 0; step < STEPS; step++) {
            for (int bit = 0; bit < input.length; bit++) {
                input[bit] = random.nextBoolean() ? 1 : 0;
            }
            session.step(input, 0, input.length);
            session.probabilities(0, probabilities, 0);
            for (float probability : probabilities) {
                bytes.putFloat(probability);
            }
        }

        System.out.println("kernels " + kernels.description());
        System.out.println("outputs " + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array())));
    }
}
