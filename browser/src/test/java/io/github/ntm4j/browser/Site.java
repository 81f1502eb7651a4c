package io.github.ntm4j.browser;

import java.net.URI;

/** A server that runs until it is closed. */
interface Site extends AutoCloseable {
    /** Where its page is, with what the page needs in the fragment. */
    URI address();

    @Override
    void close();
}
