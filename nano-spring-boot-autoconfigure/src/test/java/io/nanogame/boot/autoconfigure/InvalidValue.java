package io.nanogame.boot.autoconfigure;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;

import static org.assertj.core.api.Assertions.assertThat;

/** Expects apps that do not start because of the value of a key. */
public final class InvalidValue {

	private InvalidValue() {
	}

	/**
	 * Expects that the start fails, and names the key and the reason.
	 * @param key the name of the key
	 * @param reason a part of the reason
	 * @return checks the context of an app
	 */
	public static ContextConsumer<AssertableApplicationContext> reported(String key, String reason) {
		return (context) -> assertThat(context.getStartupFailure()).rootCause()
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
				assertThat(ex.getName()).isEqualTo(key);
				assertThat(ex.getReason()).contains(reason);
			});
	}

}
