package io.github.ntm4j.studio.server;

/** Answers the requests to one address. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers.
     *
     * @param request what is asked
     * @return the answer
     * @throws Refusal if there is none
     * @throws io.github.ntm4j.machines.config.UserException if something in the request is wrong
     */
    Reply answer(Request request);
}
