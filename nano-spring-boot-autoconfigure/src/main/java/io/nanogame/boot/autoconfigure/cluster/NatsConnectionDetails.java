package io.nanogame.boot.autoconfigure.cluster;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * The addresses of NATS and the login.
 */
public interface NatsConnectionDetails extends ConnectionDetails {

	/**
	 * Returns the addresses of the servers.
	 * @return addresses such as {@code nats://localhost:4222}, at least one
	 */
	List<String> servers();

	default @Nullable String username() {
		return null;
	}

	default @Nullable String password() {
		return null;
	}

	default @Nullable String token() {
		return null;
	}

	/**
	 * Returns the file with NATS credentials.
	 * @return its path, or null
	 */
	default @Nullable String credentials() {
		return null;
	}

	default @Nullable SslBundle sslBundle() {
		return null;
	}

}
