package io.nanogame.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * A part of the game that handles messages of clients: a bean with {@link Handler}
 * methods.
 * <p>
 * A component is a singleton, or its scope provides a proxy. A component that implements
 * {@link io.nanogame.server.ComponentLifecycle} is notified of the start and the stop of
 * the server; components are called in the order of
 * {@link org.springframework.core.annotation.Order @Order}, then in the order of their
 * bean definitions. Names may contain placeholders ({@code ${…}}).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface GameComponent {

	/**
	 * The name of the component in routes, unique on this server. It is not the name of
	 * the bean.
	 * @return the name; by default that of the class without {@code Component} at its
	 * end, in lower camel case: {@code RoomComponent} is {@code room}
	 */
	@AliasFor("name")
	String value() default "";

	/**
	 * Alias for {@link #value()}, for use with other attributes.
	 * @return the name
	 */
	@AliasFor("value")
	String name() default "";

	/**
	 * The lane on which all handlers of this component run, one at a time. Components
	 * that name the same lane share it, and a timer can be started on it by
	 * {@link io.nanogame.lane.Lanes#named(String)}, so that none of them needs a lock.
	 * @return the name of the lane; by default each session has its own order, and
	 * sessions are served in parallel
	 */
	String lane() default "";

	/**
	 * Whether a session that has sent a message to this component stays with it when the
	 * node is drained, until the session ends or the node stops. For components that keep
	 * state of their players in memory.
	 * @return by default false: the next message of the session is sent to another node
	 */
	boolean staysOnDrain() default false;

}
