package io.nanogame.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Adds a {@link io.nanogame.boot.test.client.NanoTestClient} bean to a
 * {@code @SpringBootTest}. Its players connect to the game's real port; use a free one,
 * with {@code nano.server.port=0}. They disconnect after each test method, and the game
 * is notified a moment later.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping("nano.test.client")
public @interface AutoConfigureNanoTestClient {

	/**
	 * Returns how long players wait for an expected message, in real time.
	 * @return such as {@code 500ms}
	 */
	String timeout() default "5s";

}
