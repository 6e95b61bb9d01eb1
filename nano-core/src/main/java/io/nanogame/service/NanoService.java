package io.nanogame.service;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface as a service that other parts of the game call. The return type of a
 * method decides how it is called:
 * <ul>
 * <li>{@code void}: the call is sent, without waiting;
 * <li>a {@code CompletionStage}, {@code CompletableFuture}, or another
 * {@link AsyncResult}: the call is sent, and the result is completed later;
 * <li>anything else: the calling thread waits for the result. Not for event loops.
 * </ul>
 * Methods are identified by their names alone, and none may be {@code default}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface NanoService {

	/**
	 * The name of the service, the same on all nodes.
	 * @return any non-empty text
	 */
	String value();

	/**
	 * Whether only callers on the same node can call it.
	 * @return true for a service that other nodes must not call
	 */
	boolean local() default false;

}
