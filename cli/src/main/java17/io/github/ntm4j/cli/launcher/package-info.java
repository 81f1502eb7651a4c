/**
 * What {@code java -jar ntm.jar} starts. Compiled for Java 17, so that a Java too old for ntm4j can
 * find a newer one and go on there, or say what is missing.
 */
@NullMarked
package io.github.ntm4j.cli.launcher;

import org.jspecify.annotations.NullMarked;
