package io.nanogame.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.slice.VirtualTime;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of game components alone: no web server, no database, no socket, and a time that
 * stands still. The engine, the bytes on the wire, JSON and validation are the real ones.
 * <p>
 * Of the app there are its {@link io.nanogame.spring.GameComponent @GameComponent} beans,
 * interceptors, handshake validators, session listeners, error mappers, serializers,
 * argument resolvers, and customizers of the game server, as far as they are found by
 * component scanning. Everything else a component needs comes from the test:
 * {@code @Import}, {@code @TestConfiguration}, {@code @MockitoBean}.
 * <p>
 * Beans to be injected: {@link NanoTestClient} connects players, {@link VirtualTime}
 * moves time on. Components live as long as the context, which tests with the same
 * configuration share.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(NanoTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(NanoTypeExcludeFilter.class)
@AutoConfigureNano
@AutoConfigureNanoTestClient
@ImportAutoConfiguration
public @interface NanoTest {

	/**
	 * The components to test; the same as {@link #components()}.
	 * @return all of the app by default
	 */
	@AliasFor("components")
	Class<?>[] value() default {};

	/**
	 * The components to test.
	 * @return all of the app by default
	 */
	@AliasFor("value")
	Class<?>[] components() default {};

	/**
	 * Properties of the environment.
	 * @return such as {@code nano.heartbeat=5s}
	 */
	String[] properties() default {};

	/**
	 * Whether the types above are included.
	 * @return false for none but those of {@link #includeFilters()}
	 */
	boolean useDefaultFilters() default true;

	/**
	 * More to include of what component scanning finds.
	 * @return filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * What to leave out of what component scanning finds.
	 * @return filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configuration to leave out of this test.
	 * @return classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
