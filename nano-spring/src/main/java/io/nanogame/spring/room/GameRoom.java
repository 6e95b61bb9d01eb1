package io.nanogame.spring.room;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * A kind of room. The class is the kind, and each of its objects is a room:
 *
 * <pre class="code">
 * &#64;GameRoom(value = "arena", seats = 4)
 * class Arena {
 *
 *     private final ArenaState state;
 *
 *     Arena(Room&lt;ArenaState&gt; room, Scores scores) { … }
 *
 *     &#64;OnJoin
 *     Welcome join(Session player, JoinOptions options) { … }
 *
 *     &#64;OnLeave
 *     void leave(Session player, LeaveReason reason) { … }
 *
 *     &#64;Tick("50ms")
 *     void tick(Duration elapsed) { … }
 *
 *     &#64;Handler
 *     void move(Session player, Move move) { … }
 *
 * }
 * </pre>
 *
 * Everything in a room, its constructor included, runs on the lane of the room, one call
 * at a time, so a room needs no lock. It must not block for long: database work is
 * submitted to an executor, and its result {@linkplain Room#submit submitted to the
 * room}.
 * <p>
 * The message {@code arena.move} reaches the room in which its session has a seat.
 * {@link io.nanogame.spring.Handler Handlers} take the arguments and return the results
 * that they do in a {@link io.nanogame.spring.GameComponent}; constraints of parameters
 * are not available.
 * <p>
 * The class is a prototype bean. Its constructor takes its {@link Room} and any beans.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(RoomReflection.class)
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
public @interface GameRoom {

	/**
	 * The kind, which is the component in the routes of its handlers. It is not the name
	 * of the bean.
	 * @return the name; may contain placeholders ({@code ${…}})
	 */
	@AliasFor("kind")
	String value() default "";

	/**
	 * Alias for {@link #value()}.
	 * @return the kind
	 */
	@AliasFor("value")
	String kind() default "";

	/**
	 * The number of players in a room; spectators need no seat.
	 * @return at least 1
	 */
	int seats();

	/**
	 * How long a seat is reserved for a player who has not joined yet.
	 * @return a duration such as {@code 10s}
	 */
	String reservation() default "10s";

	/**
	 * How long a room stays when it has no players, spectators and reservations.
	 * @return a duration such as {@code 1m}; by default it is closed immediately
	 */
	String emptyFor() default "0s";

}
