/** Records and tables of ntm bench. */
@NullMarked
package io.github.ntm4j.cli.bench;

import org.jspecify.annotations.NullMarked;
