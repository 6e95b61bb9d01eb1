package io.nanogame.spring.room;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * The method of a {@link GameRoom} that is called periodically. It takes the elapsed
 * {@link java.time.Duration Duration} or nothing, and returns nothing. Afterwards the
 * changes of the state are sent. An exception is logged, and the ticks continue.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface Tick {

	/**
	 * The interval from the start of one tick to the start of the next.
	 * @return a duration such as {@code 50ms}; may contain placeholders ({@code ${…}})
	 */
	String value();

	/**
	 * What happens when a tick is late, or others were skipped, because the room or the
	 * machine is busy.
	 * @return by default one tick with the whole elapsed time
	 */
	LateTicks late() default LateTicks.SKIP;

}
