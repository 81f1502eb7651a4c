/** Options that several commands share. */
@NullMarked
package io.github.ntm4j.cli.option;

import org.jspecify.annotations.NullMarked;
