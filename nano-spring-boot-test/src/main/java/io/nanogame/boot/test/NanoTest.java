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
 * A test slice of game components: without a web server, a database or sockets, and with
 * a virtual time. The engine, the bytes on the wire, JSON and validation are real.
 * <p>
 * The slice includes the {@link io.nanogame.spring.GameComponent @GameComponent} beans,
 * interceptors, handshake validators, session listeners, {@code ServerEvents}, error
 * mappers, serializers, argument resolvers, and customizers of the game server that
 * component scanning finds. The test supplies all other beans that a component needs:
 * {@code @Import}, {@code @TestConfiguration}, {@code @MockitoBean}.
 * <p>
 * Inject {@link NanoTestClient} to connect players, and {@link VirtualTime} to advance
 * the time. Components live as long as the context, which tests with the same
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
	 * Alias of {@link #components()}.
	 * @return all components of the app by default
	 */
	@AliasFor("components")
	Class<?>[] value() default {};

	/**
	 * Returns the components to test.
	 * @return all components of the app by default
	 */
	@AliasFor("value")
	Class<?>[] components() default {};

	/**
	 * Returns properties of the environment.
	 * @return such as {@code nano.heartbeat=5s}
	 */
	String[] properties() default {};

	/**
	 * Returns whether the types above are included.
	 * @return false to include only those of {@link #includeFilters()}
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Returns filters for further types to include.
	 * @return filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Returns filters for types to exclude.
	 * @return filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Returns the auto-configurations to exclude.
	 * @return classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
