/** What readers of JSON have in common. Not exported: it speaks of Jackson, which the public packages keep to themselves. */
@NullMarked
package io.github.ntm4j.machines.json;

import org.jspecify.annotations.NullMarked;
