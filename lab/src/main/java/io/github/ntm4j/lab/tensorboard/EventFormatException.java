package io.github.ntm4j.lab.tensorboard;

import java.io.IOException;

/** The bytes of an event file are not what they should be. */
final class EventFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    EventFormatException(String message) {
        super(message);
    }
}
