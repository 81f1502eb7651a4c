/** What stands at the border of public methods: checks of arguments, and of how many threads use an object. */
@NullMarked
package io.github.ntm4j.engine.border;

import org.jspecify.annotations.NullMarked;
