package io.nanogame.spring.room;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a {@link io.nanogame.spring.Handler Handler} of a {@link GameRoom} available to
 * spectators, too. Messages of spectators to other handlers fail with 403.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ForSpectators {

}
