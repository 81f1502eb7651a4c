package io.github.ntm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ntm4j.studio.Studio;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the shipped machines look like: their pictures, the words below them, and what goes to the studio's page, byte for byte. */
final class PictureGuardTest {
    private static final Path MODELS = ProjectFiles.find("models");

    @TempDir
    private Path folder;

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(MODELS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".safetensors"))
                    .map(name -> name.replace(".safetensors", ""))
                    .sorted()
                    .toList();
        }
    }

    private Path picture(Path target, String... arguments) throws IOException {
        String[] command = Stream.concat(Stream.of("show"), Stream.concat(Stream.of(arguments), Stream.of("--out", target.toString())))
                .toArray(String[]::new);
        Cli.Outcome outcome = Cli.run(command);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Files.writeString(target.resolve("words.txt"), outcome.out().replace(target.toString(), "OUT"));
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith(".svg")).findFirst().orElseThrow();
        }
    }

    @Test
    void everyShippedModelHasThePictureAndTheWordsThatItAlwaysHad() throws IOException {
        SequencedMap<String, String> hashes = new LinkedHashMap<>();
        for (String name : names()) {
            Path target = Files.createDirectory(folder.resolve(name));
            hashes.put(name + " svg", Guard.sha256(Files.readAllBytes(picture(target, MODELS.resolve(name + ".safetensors").toString()))));
            hashes.put(name + " words", Guard.sha256(Files.readAllBytes(target.resolve("words.txt"))));
        }
        new Guard("pictures.txt").check(hashes);
    }

    /** One that can be looked at. */
    @Test
    void aSmallPictureIsTheStoredOne() throws IOException {
        Path stored = ProjectFiles.find("cli/src/test/resources/guard").resolve("copy-length3.svg");
        Path target = Files.createDirectory(folder.resolve("small"));
        Path drawn = picture(target, MODELS.resolve("copy-ntm-lstm.safetensors").toString(), "--at", "length=3");
        if (!Files.exists(stored) && Boolean.getBoolean("ntm4j.write-guards")) {
            Files.copy(drawn, stored);
        }
        assertThat(Files.readString(drawn)).isEqualTo(Files.readString(stored));
    }

    /** Each array and each entry of the header by its name, so that where an array lies may change, but nothing that it holds. */
    @Test
    void theStudioSendsOfAMachineAtWorkWhatItAlwaysSent() throws Exception {
        SequencedMap<String, String> hashes = new LinkedHashMap<>();
        try (Studio studio = Studio.start(new Studio.Options(folder, MODELS, 0, false, "test"));
                HttpClient client = HttpClient.newHttpClient()) {
            for (String name : List.of("copy-ntm-lstm", "priority-sort-ntm-lstm", "copy-lstm")) {
                byte[] answer = client.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + studio.address().getPort() + "/api/trace"))
                                        .header("X-Ntm4j-Token", studio.token())
                                        .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"models/" + name + "\"}"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .body();
                hashes.putAll(parts(name, answer));
            }
        }
        new Guard("traces.txt").check(hashes);
    }

    private static SequencedMap<String, String> parts(String model, byte[] answer) {
        ByteBuffer buffer = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
        int length = buffer.getInt();
        JsonNode header = JsonMapper.builder().build().readTree(new String(answer, 4, length, StandardCharsets.UTF_8));
        float[] numbers = new float[(answer.length - 4 - length) / Float.BYTES];
        buffer.position(4 + length).asFloatBuffer().get(numbers);
        SequencedMap<String, String> parts = new LinkedHashMap<>();
        header.properties().forEach(entry -> {
            String text = entry.getValue().toString();
            if (!entry.getKey().equals("arrays")) {
                parts.put(model + " header " + entry.getKey(), text.length() < 80 ? text : Guard.sha256(text.getBytes(StandardCharsets.UTF_8)));
            }
        });
        header.get("arrays").properties().forEach(entry -> {
            int size = 1;
            for (JsonNode axis : entry.getValue().get("shape")) {
                size *= axis.asInt();
            }
            int at = entry.getValue().get("at").asInt();
            parts.put(
                    model + " array " + entry.getKey() + " " + entry.getValue().get("shape"),
                    Guard.sha256(Arrays.copyOfRange(numbers, at, at + size)));
        });
        return parts;
    }
}
