/** Generalisation maps: how well a machine does at many sizes of its task, computed as one looks on. */
@NullMarked
package io.github.ntm4j.studio.map;

import org.jspecify.annotations.NullMarked;
