package io.github.ntm4j.studio.server;

/** A request that is not answered as it was meant to be: a status and one clear line. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of HTTP, 400 to 599. */
    private final int status;

    /**
     * A refusal.
     *
     * @param status of HTTP, 400 to 599
     * @param message what is wrong, what was expected, and where
     */
    public Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /**
     * The status of the answer.
     *
     * @return 400 to 599
     */
    public int status() {
        return status;
    }
}
