package io.nanogame.spring.room;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * The method of a {@link GameRoom} that returns what one player or spectator sees, for
 * rooms with hidden information, such as the hands of a card game. It takes the
 * {@link io.nanogame.session.Session Session} and returns an object, whose fields are
 * sent as those of the state are. What it does not return is never sent to that client.
 * Called for each client whenever changes are sent; without such a method all clients see
 * the state. Players for whom it returns the same object share what is sent.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface View {

}
