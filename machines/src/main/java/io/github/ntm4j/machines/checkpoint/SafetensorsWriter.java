package io.github.ntm4j.machines.checkpoint;

import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Lays a safetensors file out in memory: length, header padded with spaces to a multiple of 8, values, checksum. */
final class SafetensorsWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int ALIGNMENT = 8;
    private static final String BEFORE_CHECKSUM =
            "{\"" + SafetensorsHeader.METADATA + "\":{\"" + SafetensorsChecksum.KEY + "\":\"";

    private SafetensorsWriter() {}

    static byte[] bytes(Safetensors content) {
        byte[] header = header(content).getBytes(StandardCharsets.UTF_8);
        long padded = (header.length + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
        long values = content.tensors().values().stream().mapToLong(tensor -> tensor.data().length).sum();
        long size = Long.BYTES + padded + Float.BYTES * values;
        if (padded > SafetensorsHeader.MAX_LENGTH || size > Integer.MAX_VALUE - ALIGNMENT) {
            throw new IllegalArgumentException(
                    "too large for one safetensors file: header of " + padded + " bytes, " + size + " bytes in all");
        }
        ByteBuffer file = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(padded).put(header);
        while (file.position() < Long.BYTES + padded) {
            file.put((byte) ' ');
        }
        for (StoredTensor tensor : content.tensors().values()) {
            file.asFloatBuffer().put(tensor.data());
            file.position(file.position() + Float.BYTES * tensor.data().length);
        }
        byte[] sum = SafetensorsChecksum.digest().digest(file.array());
        byte[] digits = HexFormat.of().formatHex(sum).getBytes(StandardCharsets.US_ASCII);
        file.put(Long.BYTES + BEFORE_CHECKSUM.length(), digits);
        return file.array();
    }

    /** The header with zeros in the place of the checksum, which comes first so that the place is known. */
    private static String header(Safetensors content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeObjectPropertyStart(SafetensorsHeader.METADATA);
            json.writeStringProperty(SafetensorsChecksum.KEY, SafetensorsChecksum.ZEROS);
            json.writeStringProperty(SafetensorsChecksum.OF_KEY, SafetensorsChecksum.OF);
            content.metadata().forEach(json::writeStringProperty);
            json.writeEndObject();
            long begin = 0;
            for (StoredTensor tensor : content.tensors().values()) {
                long end = begin + (long) Float.BYTES * tensor.data().length;
                json.writeObjectPropertyStart(tensor.name());
                json.writeStringProperty("dtype", ElementType.F32.name());
                json.writeArrayPropertyStart("shape");
                tensor.shape().forEach(axis -> json.writeNumber((int) axis));
                json.writeEndArray();
                json.writeArrayPropertyStart("data_offsets");
                json.writeNumber(begin);
                json.writeNumber(end);
                json.writeEndArray();
                json.writeEndObject();
                begin = end;
            }
            json.writeEndObject();
        }
        return text.toString();
    }
}
