package io.nanogame.spring.match;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * A queue of players who look for a match. The class is a bean with the rule of the
 * queue:
 *
 * <pre class="code">
 * &#64;MatchQueue(value = "duel", room = "arena", players = 2, timeout = "1m")
 * class Duel implements MatchRule {
 *
 *     &#64;Override
 *     public boolean fits(Ticket ticket, Ticket other) {
 *         int gap = ticket.properties(Skill.class).rating() - other.properties(Skill.class).rating();
 *         return Math.abs(gap) &lt;= 100 + 10 * ticket.waited().toSeconds();
 *     }
 *
 * }
 * </pre>
 *
 * In a cluster one of the nodes with the class matches the players of all gateways. The
 * room may be one of another node.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface MatchQueue {

	/**
	 * The name of the queue. It is not the name of the bean.
	 * @return the name; may contain placeholders ({@code ${…}})
	 */
	@AliasFor("name")
	String value() default "";

	/**
	 * Alias for {@link #value()}.
	 * @return the name
	 */
	@AliasFor("value")
	String name() default "";

	/**
	 * The kind of the room that is created for each match.
	 * @return the kind, which this node or another one has; may contain placeholders
	 */
	String room();

	/**
	 * The number of players of a match.
	 * @return at least 2, and at most the seats of the room
	 */
	int players();

	/**
	 * How long a player waits.
	 * @return a duration such as {@code 1m}
	 */
	String timeout() default "1m";

}
