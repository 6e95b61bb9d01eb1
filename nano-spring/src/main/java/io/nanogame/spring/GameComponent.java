package io.nanogame.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * A part of the game that clients can talk to: a bean whose {@link Handler} methods
 * handle messages.
 * <p>
 * A component is a singleton, or its scope gives it a proxy. It hears of the start and
 * the end of the server when it implements {@link io.nanogame.server.ComponentLifecycle};
 * components are called in the order of
 * {@link org.springframework.core.annotation.Order @Order}, and where that says nothing
 * in the order of their bean definitions. Names may have placeholders ({@code ${…}}).
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
	 * The same as {@link #value()}, for when there is more to say.
	 * @return the name
	 */
	@AliasFor("value")
	String name() default "";

	/**
	 * The lane all handlers of this component run on, one at a time. Components that name
	 * the same lane share it, and a timer can be started on it by
	 * {@link io.nanogame.lane.Lanes#named(String)}, so that none of them needs a lock.
	 * @return the name of the lane; by default each session has its own order, and
	 * sessions are served in parallel
	 */
	String lane() default "";

}
