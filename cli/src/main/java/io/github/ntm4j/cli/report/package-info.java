/** What commands print: progress, tables, cards, pages. */
@NullMarked
package io.github.ntm4j.cli.report;

import org.jspecify.annotations.NullMarked;
