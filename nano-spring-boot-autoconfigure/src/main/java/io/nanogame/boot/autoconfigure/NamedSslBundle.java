package io.nanogame.boot.autoconfigure;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Internal. Finds the SSL bundle that a key names.
 */
public final class NamedSslBundle {

	private NamedSslBundle() {
	}

	/**
	 * Returns a bundle.
	 * @param bundles the bundles of the app
	 * @param key the key that names the bundle
	 * @param name the value of the key
	 * @return the bundle
	 * @throws InvalidConfigurationPropertyValueException when there is none of this name
	 */
	public static SslBundle of(SslBundles bundles, String key, String name) {
		try {
			return bundles.getBundle(name);
		}
		catch (NoSuchSslBundleException ex) {
			throw new InvalidConfigurationPropertyValueException(key, name,
					"There is no SSL bundle of this name, only " + bundles.getBundleNames()
							+ ". Configure it with 'spring.ssl.bundle.pem.%1$s' or 'spring.ssl.bundle.jks.%1$s'."
								.formatted(name));
		}
	}

}
