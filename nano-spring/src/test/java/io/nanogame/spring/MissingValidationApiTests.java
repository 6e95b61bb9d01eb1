package io.nanogame.spring;

import java.util.concurrent.Callable;

import jakarta.validation.Valid;
import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application without the validation API on its class path.
 */
class MissingValidationApiTests {

	private final ClassLoader loader = new HidingClassLoader("jakarta.validation.");

	@Test
	void theApiIsHiddenFromTheClassesOfThisPackage() {
		assertThatExceptionOfType(ClassNotFoundException.class)
			.isThrownBy(() -> Class.forName(Valid.class.getName(), false, this.loader));
	}

	@Test
	void componentsWorkWithoutTheApi() throws Exception {
		Callable<?> application = (Callable<?>) BeanUtils
			.instantiateClass(this.loader.loadClass(Application.class.getName()));
		assertThat(application.getClass()).isNotSameAs(Application.class);
		assertThat(application.call()).isEqualTo("hello");
	}

	static class Application implements Callable<Object> {

		@Override
		public Object call() throws Exception {
			try (TestGame game = new TestGame(Echo.class)) {
				return game.call("echo.echo", "\"hello\"");
			}
		}

	}

	@GameComponent
	static class Echo {

		@Handler
		String echo(@Valid String text) {
			return text;
		}

	}

}
