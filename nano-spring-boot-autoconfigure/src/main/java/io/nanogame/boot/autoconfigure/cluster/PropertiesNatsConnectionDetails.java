package io.nanogame.boot.autoconfigure.cluster;

import java.util.List;

import io.nanogame.boot.autoconfigure.NamedSslBundle;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The connection details from {@code nano.cluster.*}.
 */
final class PropertiesNatsConnectionDetails implements NatsConnectionDetails {

	private static final String BUNDLE = "nano.cluster.ssl.bundle";

	private final NanoClusterProperties properties;

	private final @Nullable SslBundles bundles;

	PropertiesNatsConnectionDetails(NanoClusterProperties properties, @Nullable SslBundles bundles) {
		this.properties = properties;
		this.bundles = bundles;
	}

	@Override
	public List<String> servers() {
		return this.properties.servers();
	}

	@Override
	public @Nullable String username() {
		return this.properties.username();
	}

	@Override
	public @Nullable String password() {
		return this.properties.password();
	}

	@Override
	public @Nullable String token() {
		return this.properties.token();
	}

	@Override
	public @Nullable String credentials() {
		return this.properties.credentials();
	}

	@Override
	public @Nullable SslBundle sslBundle() {
		String name = this.properties.ssl().bundle();
		if (name == null) {
			return null;
		}
		if (this.bundles == null) {
			throw new InvalidConfigurationPropertyValueException(BUNDLE, name,
					"This app has no SSL bundles. Do not exclude Spring Boot's SslAutoConfiguration.");
		}
		return NamedSslBundle.of(this.bundles, BUNDLE, name);
	}

}
