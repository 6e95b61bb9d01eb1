package io.nanogame.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.nanogame.pipeline.Interceptor;

/**
 * Puts {@link Interceptor} beans around a {@link Handler}, or around every handler of a
 * component: those of the class outside of those of the method, each in the order they
 * are written here. Around them all stand the interceptors that no annotation names.
 * <p>
 * Annotations add up: what a superclass, an interface or a composed annotation says holds
 * as well, and an interceptor that is named twice stands there once.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Intercept {

	/**
	 * Types of interceptors. All beans of such a type are meant, in their
	 * {@link org.springframework.core.annotation.Order @Order}; there must be one at
	 * least. They are used where an annotation names them and nowhere else.
	 * @return the outermost first
	 */
	Class<? extends Interceptor>[] value();

}
