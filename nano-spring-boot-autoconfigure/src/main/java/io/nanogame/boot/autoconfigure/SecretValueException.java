package io.nanogame.boot.autoconfigure;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Internal. A value no server can work with that must not be told. Boot's own analyzer
 * looks the value up again, and prints it.
 */
public final class SecretValueException extends InvalidConfigurationPropertyValueException {

	/**
	 * A value that is wrong.
	 * @param key whose value it is
	 * @param shown what may be told of it
	 * @param reason what is wrong with it
	 */
	public SecretValueException(String key, Object shown, String reason) {
		super(key, shown, reason);
	}

}
