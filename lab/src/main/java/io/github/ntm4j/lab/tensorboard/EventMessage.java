package io.github.ntm4j.lab.tensorboard;

import io.github.ntm4j.lab.tensorboard.Protobuf.Field;
import io.github.ntm4j.lab.tensorboard.Protobuf.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of TensorFlow's {@code Event} message that curves need (field numbers of {@code event.proto} and
 * {@code summary.proto}).
 *
 * @param version set in the first event of a file only
 * @param scalars the points of a summary; mostly one
 */
record EventMessage(@Nullable String version, List<Scalar> scalars) {
    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int EVENT_SESSION_LOG = 7;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE_VALUE = 2;
    private static final int SESSION_LOG_STATUS = 1;
    private static final int SESSION_STARTS = 1;

    static byte[] version(double wallTime, String version) {
        return new Protobuf.Writer().fixed64(EVENT_WALL_TIME, wallTime).text(EVENT_FILE_VERSION, version).bytes();
    }

    /** Tells TensorBoard to drop the points at {@code firstStep} and later that it has read so far. */
    static byte[] sessionStart(double wallTime, long firstStep) {
        byte[] log = new Protobuf.Writer().varint(SESSION_LOG_STATUS, SESSION_STARTS).bytes();
        return event(wallTime, firstStep).message(EVENT_SESSION_LOG, log).bytes();
    }

    static byte[] scalar(Scalar scalar) {
        byte[] value = new Protobuf.Writer().text(VALUE_TAG, scalar.tag()).fixed32(VALUE_SIMPLE_VALUE, scalar.value()).bytes();
        byte[] summary = new Protobuf.Writer().message(SUMMARY_VALUE, value).bytes();
        return event(scalar.wallTime(), scalar.step()).message(EVENT_SUMMARY, summary).bytes();
    }

    private static Protobuf.Writer event(double wallTime, long step) {
        return new Protobuf.Writer().fixed64(EVENT_WALL_TIME, wallTime).varint(EVENT_STEP, step);
    }

    /** Reads an event; fields that are not listed above are skipped. */
    static EventMessage parse(byte[] message) throws EventFormatException {
        double wallTime = 0;
        long step = 0;
        String version = null;
        List<byte[]> summaries = new ArrayList<>();
        Fields fields = new Fields(message);
        for (Field field = fields.next(); field != null; field = fields.next()) {
            switch (field.number()) {
                case EVENT_WALL_TIME -> wallTime = field.asDouble();
                case EVENT_STEP -> step = field.asLong();
                case EVENT_FILE_VERSION -> version = new String(field.asBytes(), StandardCharsets.UTF_8);
                case EVENT_SUMMARY -> summaries.add(field.asBytes());
                default -> {}
            }
        }
        List<Scalar> scalars = new ArrayList<>();
        for (byte[] summary : summaries) {
            Fields values = new Fields(summary);
            for (Field field = values.next(); field != null; field = values.next()) {
                if (field.number() == SUMMARY_VALUE) {
                    Scalar scalar = value(field.asBytes(), wallTime, step);
                    if (scalar != null) {
                        scalars.add(scalar);
                    }
                }
            }
        }
        return new EventMessage(version, scalars);
    }

    private static @Nullable Scalar value(byte[] message, double wallTime, long step) throws EventFormatException {
        String tag = "";
        Float simpleValue = null;
        Fields fields = new Fields(message);
        for (Field field = fields.next(); field != null; field = fields.next()) {
            switch (field.number()) {
                case VALUE_TAG -> tag = new String(field.asBytes(), StandardCharsets.UTF_8);
                case VALUE_SIMPLE_VALUE -> simpleValue = field.asFloat();
                default -> {}
            }
        }
        return simpleValue == null ? null : new Scalar(wallTime, step, tag, simpleValue);
    }
}
