package io.github.ntm4j.machines.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component that is a record of settings which belong together for who reads code, but not for who writes them: its keys stand among those of
 * the record around it, in its place.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Group {
    /**
     * What the keys of the group begin with.
     *
     * @return such as {@code initial_}; empty for nothing
     */
    String prefix() default "";

    /**
     * What stands for {@code {}} in the descriptions of the group, so that a record can be a group twice.
     *
     * @return a word; empty for none
     */
    String word() default "";
}
