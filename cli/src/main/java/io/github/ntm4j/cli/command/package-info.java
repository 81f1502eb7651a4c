/** The commands of ntm, each a class. */
@NullMarked
package io.github.ntm4j.cli.command;

import org.jspecify.annotations.NullMarked;
