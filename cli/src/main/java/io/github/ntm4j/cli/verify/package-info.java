/** What ntm verify looks at. */
@NullMarked
package io.github.ntm4j.cli.verify;

import org.jspecify.annotations.NullMarked;
