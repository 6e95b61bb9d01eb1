package io.nanogame.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.nanogame.pipeline.Interceptor;

/**
 * Wraps a {@link Handler}, or every handler of a component, in {@link Interceptor} beans:
 * those of the class outside those of the method, each in the declared order.
 * Interceptors that no annotation names wrap all of these.
 * <p>
 * Annotations are cumulative: those of superclasses, interfaces and composed annotations
 * apply, too. An interceptor that is named twice is applied once.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Intercept {

	/**
	 * The types of the interceptors. All beans of such a type apply, in their
	 * {@link org.springframework.core.annotation.Order @Order}; there must be at least
	 * one. They apply only where an annotation names them.
	 * @return the outermost first
	 */
	Class<? extends Interceptor>[] value();

}
