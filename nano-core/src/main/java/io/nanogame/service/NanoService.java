package io.nanogame.service;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A service, as those who call it see it: an interface. What a method returns says how it
 * is called:
 * <ul>
 * <li>{@code void}: it is sent, and nothing is waited for;
 * <li>a {@code CompletionStage}, {@code CompletableFuture}, or another
 * {@link AsyncResult}: it is requested, and the answer comes later;
 * <li>anything else: it is called, and the thread waits for the answer. Not for event
 * loops.
 * </ul>
 * Methods are told apart by their names alone, and none is {@code default}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface NanoService {

	/**
	 * The name it is looked up by, the same on all nodes.
	 * @return anything but the empty text
	 */
	String value();

	/**
	 * Whether only callers of the same node find it.
	 * @return true for a service that other nodes must not call
	 */
	boolean local() default false;

}
