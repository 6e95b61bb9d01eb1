package io.nanogame.spring.room;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.nanogame.spring.Handler;

/**
 * The method of a {@link GameRoom} that lets a player in: the handler of
 * {@code kind.join}, with the arguments and results of a {@link Handler}. The payload is
 * what the client sends with its join, the result is the answer that it receives.
 * <p>
 * The seat is taken when the method is called, and free again when it throws, or when its
 * asynchronous result fails. The player receives the broadcasts and the state of the room
 * from then on. A player who joins again, such as after a reload of its page, receives
 * the first answer again and the whole state, and the method is not called. Without such
 * a method a room accepts all players, and its answer is empty. So it is for spectators,
 * unless the method is {@link ForSpectators}, too.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Handler
public @interface OnJoin {

}
