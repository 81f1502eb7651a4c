package io.github.ntm4j.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The standard output of this process. Once its reader has gone, as {@code head} does when it has seen enough, what is written goes nowhere,
 * which is no error; a full disk is.
 */
public final class StandardOutput extends OutputStream {
    private static final Path LINK = Path.of("/proc/self/fd/1");

    private final OutputStream out;
    private final Runnable onReaderGone;
    private volatile boolean readerGone;

    /**
     * The standard output.
     *
     * @param onReaderGone is called once, on the thread that found out by writing
     */
    public StandardOutput(Runnable onReaderGone) {
        this(new FileOutputStream(FileDescriptor.out), onReaderGone);
    }

    public StandardOutput(OutputStream out, Runnable onReaderGone) {
        this.out = out;
        this.onReaderGone = onReaderGone;
    }

    /** Whether nobody reads any more. */
    public boolean readerGone() {
        return readerGone;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (readerGone) {
            return;
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            if (!meansReaderGone(e)) {
                throw e;
            }
            readerGone = true;
            onReaderGone.run();
        }
    }

    @Override
    public void flush() throws IOException {
        if (!readerGone) {
            out.flush();
        }
    }

    /** A pipe has no other error; the words for it may be in another language. */
    private static boolean meansReaderGone(IOException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        return message.contains("Broken pipe") || message.contains("pipe is being closed") || isPipe();
    }

    private static boolean isPipe() {
        try {
            String target = Files.readSymbolicLink(LINK).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
