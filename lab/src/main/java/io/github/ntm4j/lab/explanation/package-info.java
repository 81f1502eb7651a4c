/** What a machine does, in words: the programme its heads follow on one sequence, and how healthy its memory looks. */
@NullMarked
package io.github.ntm4j.lab.explanation;

import org.jspecify.annotations.NullMarked;
