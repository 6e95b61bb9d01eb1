package io.nanogame.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Promises that a {@link Handler}, or every handler of a component, never blocks: it runs
 * on the event loop of its session, without a change of threads. A handler that blocks
 * nevertheless delays all sessions of that loop. Without effect in a component with a
 * lane.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface NonBlocking {

}
