package io.nanogame.boot.autoconfigure;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Internal. Thrown for an invalid value that must not be printed. Boot's own analyzer
 * would look the value up and print it.
 */
public final class SecretValueException extends InvalidConfigurationPropertyValueException {

	/**
	 * Creates an exception.
	 * @param key the key of the value
	 * @param shown the value without its secret part
	 * @param reason why the value is invalid
	 */
	public SecretValueException(String key, Object shown, String reason) {
		super(key, shown, reason);
	}

}
