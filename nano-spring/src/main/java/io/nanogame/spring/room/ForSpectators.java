package io.nanogame.spring.room;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a {@link GameRoom} available to spectators, too. Messages of
 * spectators to other {@link io.nanogame.spring.Handler Handlers} fail with 403. Without
 * it, spectators join and leave without a call of {@link OnJoin} and {@link OnLeave}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ForSpectators {

}
