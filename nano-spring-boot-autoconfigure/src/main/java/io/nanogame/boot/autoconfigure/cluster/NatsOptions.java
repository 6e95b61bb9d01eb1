package io.nanogame.boot.autoconfigure.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;

import io.nanogame.boot.autoconfigure.Checks;
import io.nanogame.boot.autoconfigure.SecretValueException;
import io.nanogame.cluster.bus.nats.HostNameCheck;
import io.nats.client.AuthHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;

/**
 * Creates the options of the NATS client: servers, login and TLS.
 */
final class NatsOptions {

	private static final Logger log = LoggerFactory.getLogger(NatsOptions.class);

	private static final String PREFIX = "nano.cluster.";

	/** The delay between two attempts to connect to all servers. */
	private static final Duration RECONNECT_WAIT = Duration.ofMillis(500);

	/** The header of a credentials file, which a file with only a seed lacks. */
	private static final String JWT = "BEGIN NATS USER JWT";

	private NatsOptions() {
	}

	static Options.Builder of(NatsConnectionDetails details, NanoClusterProperties properties, String name) {
		Options.Builder options = Options.builder()
			.connectionName(name)
			.connectionTimeout(Checks.aboveZero(PREFIX + "connect-timeout", properties.connectTimeout()))
			.pingInterval(Checks.atLeastOneMillisecond(PREFIX + "heartbeat", properties.heartbeat()))
			.reconnectWait(RECONNECT_WAIT);
		servers(options, details.servers());
		logIn(options, details);
		encrypt(options, details, properties.ssl());
		return options;
	}

	private static void encrypt(Options.Builder options, NatsConnectionDetails details, NanoClusterProperties.Ssl ssl) {
		SSLContext context = context(details);
		if (context != null && ssl.verifyHostname()) {
			HostNameCheck.apply(options, context);
		}
		else if (context != null) {
			log.warn("nano.cluster.ssl.verify-hostname is false: any certificate of a trusted authority, "
					+ "for any host, is accepted as that of the NATS server");
			options.sslContext(context);
		}
		else if (anyStartsWith(details.servers(), "opentls:")) {
			log.warn("nano.cluster.servers has an address with 'opentls://': any certificate is trusted, "
					+ "so a man in the middle can pose as the NATS server");
		}
		else {
			// Connection details of another kind have no bundle in the keys.
			Checks.check(ssl.verifyHostname() || ssl.bundle() != null, PREFIX + "ssl.verify-hostname", false,
					"Without TLS there is no certificate to verify. Name an SSL bundle in "
							+ "'nano.cluster.ssl.bundle', use 'tls://' in the servers, or remove the key.");
		}
	}

	/** Returns null for plain text, and if the NATS client uses its own context. */
	private static @Nullable SSLContext context(NatsConnectionDetails details) {
		SslBundle bundle = details.sslBundle();
		if (bundle != null) {
			return bundle.createSslContext();
		}
		if (!anyStartsWith(details.servers(), "tls:") && !anyStartsWith(details.servers(), "wss:")) {
			return null;
		}
		try {
			return SSLContext.getDefault();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Java's default trust store cannot be used", ex);
		}
	}

	private static boolean anyStartsWith(List<String> servers, String scheme) {
		return servers.stream().anyMatch((server) -> server.toLowerCase(Locale.ROOT).startsWith(scheme));
	}

	private static void servers(Options.Builder options, List<String> servers) {
		Checks.check(!servers.isEmpty(), PREFIX + "servers", servers, "It must name at least one server.");
		try {
			options.servers(servers.toArray(String[]::new));
		}
		catch (IllegalArgumentException ex) {
			throw new SecretValueException(PREFIX + "servers", withoutLogins(servers),
					"It must be addresses such as nats://localhost:4222.");
		}
	}

	/** Masks usernames and passwords in addresses. */
	private static String withoutLogins(List<String> servers) {
		return servers.stream()
			.map((server) -> server.replaceFirst("^.*@", "******@"))
			.collect(Collectors.joining(","));
	}

	private static void checkSecret(boolean valid, String key, String reason) {
		if (!valid) {
			throw new SecretValueException(PREFIX + key, "******", reason);
		}
	}

	private static void logIn(Options.Builder options, NatsConnectionDetails details) {
		String username = details.username();
		String password = details.password();
		String token = details.token();
		String credentials = details.credentials();
		long ways = List.of(username != null, token != null, credentials != null).stream().filter((set) -> set).count();
		checkSecret(ways <= 1, (credentials != null) ? "credentials" : "token",
				"There is another login for NATS. Use only one of: username and password, token, or credentials.");
		checkSecret(password == null || username != null, "password", "It needs nano.cluster.username.");
		if (username != null) {
			Checks.check(password != null, PREFIX + "username", username, "It needs nano.cluster.password.");
			options.userInfo(username.toCharArray(), password.toCharArray());
		}
		if (token != null) {
			options.token(token.toCharArray());
		}
		if (credentials != null) {
			options.authHandler(handler(credentials));
		}
	}

	private static AuthHandler handler(String file) {
		try {
			AuthHandler handler = Files.readString(Path.of(file)).contains(JWT) ? Nats.credentials(file)
					: Nats.credentials(null, file);
			// Reads the seed now: the client would fail at its first connect, without a
			// message.
			handler.getID();
			return handler;
		}
		catch (IOException | RuntimeException ex) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "credentials", file,
					"It must be a file that can be read, with NATS credentials or the seed of an nkey.");
		}
	}

}
