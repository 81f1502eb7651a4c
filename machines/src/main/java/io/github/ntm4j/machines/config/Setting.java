package io.github.ntm4j.machines.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a component of a record of settings is, in one line, and the range it may have. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /**
     * One line for help pages, without a full stop: {@code rows of the memory, N}.
     *
     * @return the line
     */
    String value();

    /**
     * The smallest number allowed.
     *
     * @return the number, which is allowed itself
     */
    double min() default Double.NEGATIVE_INFINITY;

    /**
     * The largest number allowed. Numbers that are not finite are never allowed.
     *
     * @return the number, which is allowed itself
     */
    double max() default Double.POSITIVE_INFINITY;

    /**
     * The key, where it is not the name of the component.
     *
     * @return the key; empty for the name
     */
    String key() default "";
}
