/** Settings, and the errors that a user's settings, arguments and files can cause. */
@NullMarked
package io.github.ntm4j.machines.config;

import org.jspecify.annotations.NullMarked;
