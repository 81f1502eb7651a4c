/** The studio's web server: what it lets in, how it answers, and the files of the page. */
@NullMarked
package io.github.ntm4j.studio.server;

import org.jspecify.annotations.NullMarked;
