package io.nanogame.spring.room;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * The method of a {@link GameRoom} that is called when a player has left, or also a
 * spectator if it is {@link ForSpectators}. It takes the
 * {@link io.nanogame.session.Session Session}, the {@link LeaveReason}, both or none of
 * them, and returns nothing. It is not called for a player whose connection was cut, as
 * long as its session stays, nor for one whom {@link OnJoin} has refused. A player who
 * has left before its asynchronous join succeeds leaves when that succeeds.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface OnLeave {

}
