/** The studio: a local web page that shows machines at work and in training. */
@NullMarked
package io.github.ntm4j.studio;

import org.jspecify.annotations.NullMarked;
