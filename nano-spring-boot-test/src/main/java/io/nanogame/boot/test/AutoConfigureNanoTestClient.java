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
 * Brings a {@link io.nanogame.boot.test.client.NanoTestClient} bean into a
 * {@code @SpringBootTest}: its players connect to the game's real port, which is best any
 * free one: {@code nano.server.port=0}. They leave behind each test method, but the game
 * learns of it a moment later.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping("nano.test.client")
public @interface AutoConfigureNanoTestClient {

	/**
	 * How long players wait for what is expected, in real time.
	 * @return such as {@code 500ms}
	 */
	String timeout() default "5s";

}
