package io.github.ntm4j.studio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A trace as the page reads it: after docs/studio-api.md, not after the code that writes it.
 *
 * @param header the JSON header
 * @param numbers everything behind it
 */
record TraceAnswer(JsonNode header, float[] numbers) {
    static TraceAnswer of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = buffer.getInt();
        String json = new String(bytes, 4, length, StandardCharsets.UTF_8);
        buffer.position(4 + length);
        float[] numbers = new float[buffer.remaining() / 4];
        buffer.asFloatBuffer().get(numbers);
        return new TraceAnswer(JsonMapper.builder().build().readTree(json), numbers);
    }

    float number(String array, int... index) {
        JsonNode place = header.get("arrays").get(array);
        int at = 0;
        for (int axis = 0; axis < index.length; axis++) {
            at = at * place.get("shape").get(axis).asInt() + index[axis];
        }
        return numbers[place.get("at").asInt() + at];
    }
}
