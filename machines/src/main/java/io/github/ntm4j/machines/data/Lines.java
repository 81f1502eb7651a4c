package io.github.ntm4j.machines.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sequences of a file as they stand there, one after the other. */
sealed interface Lines extends Closeable {
    /** The next one; null at the end. */
    @Nullable SequenceLine next();

    /** From lines of JSON, of which only the present one is held. */
    record Json(LineInput text, LineDecoder decoder) implements Lines {
        @Override
        public @Nullable SequenceLine next() {
            return text.next() ? decoder.parse(text.bytes(), text.length(), text.number()) : null;
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }

    /**
     * From memory.
     *
     * @param all all of them
     * @param holdBack which of them may be held back
     * @param found settings that reading found out, by their keys
     * @param note what was found, in words
     * @param rest those that come next
     * @param decoder knows their form
     */
    record Held(
            List<SequenceLine> all,
            Sequences.HoldBack holdBack,
            Map<String, Object> found,
            String note,
            Iterator<SequenceLine> rest,
            LineDecoder decoder)
            implements Lines {
        Held(List<SequenceLine> all, Sequences.HoldBack holdBack, Map<String, Object> found, String note, LineDecoder decoder) {
            this(all, holdBack, found, note, all.iterator(), decoder);
        }

        @Override
        public @Nullable SequenceLine next() {
            if (!rest.hasNext()) {
                return null;
            }
            SequenceLine line = rest.next();
            decoder.requireForm(line);
            return line;
        }

        @Override
        public void close() {}
    }
}
