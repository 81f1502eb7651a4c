/** What belongs to a task, a machine and a preset together: data in YAML, bound by the same checks as settings of users. */
@NullMarked
package io.github.ntm4j.learning.recipe;

import org.jspecify.annotations.NullMarked;
