package io.nanogame.boot.autoconfigure;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.nanogame.boot.autoconfigure.NanoProperties.Websocket;
import io.nanogame.net.Listener;
import io.nanogame.net.ListenerSettings;
import io.nanogame.net.Tls;
import io.nanogame.net.TrustedProxies;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;

/**
 * The ports that the keys of an app describe: the game port, and those that are named.
 */
final class Listeners {

	private static final String SERVER = "nano.server";

	private static final String NAMED = "nano.listeners.";

	/**
	 * Held for each client that asks for a WebSocket, so much is no browser's request.
	 */
	private static final int MAX_HTTP_SIZE = 1024 * 1024;

	private final Collection<String> protocols;

	private final Supplier<SslBundles> bundles;

	/** The key of the port that listens on an address. */
	private final Map<InetSocketAddress, String> ports = new HashMap<>();

	/**
	 * For one server.
	 * @param protocols the names of those there are
	 * @param bundles certificates, for listeners that have some
	 */
	Listeners(Collection<String> protocols, Supplier<SslBundles> bundles) {
		this.protocols = protocols;
		this.bundles = bundles;
	}

	List<Listener> of(NanoProperties properties) {
		List<Listener> all = new ArrayList<>();
		if (properties.server().enabled()) {
			all.add(listener(SERVER, Listener.DEFAULT_NAME, properties.server().listener()));
		}
		properties.listeners().forEach((name, keys) -> {
			String prefix = NAMED + name;
			Checks.check(!name.equals(Listener.DEFAULT_NAME), prefix + ".port", keys.port(),
					"The listener 'server' is the one that 'nano.server' describes. Use those keys, or another name.");
			all.add(listener(prefix, name, keys));
		});
		return all;
	}

	private Listener listener(String prefix, String name, NanoProperties.Listener keys) {
		Integer port = keys.port();
		if (port == null) {
			throw new InvalidConfigurationPropertyValueException(prefix + ".port", null,
					"A listener needs a port. 0 means any free one.");
		}
		InetSocketAddress address = new InetSocketAddress(keys.address(),
				Checks.within(prefix + ".port", port, 0, 65535));
		String other = (port > 0) ? this.ports.putIfAbsent(address, prefix + ".port") : null;
		Checks.check(other == null, prefix + ".port", port, "It is the port of '%s', too.".formatted(other));
		return new Listener(name, address, settings(prefix, keys), tls(prefix, keys.ssl()),
				proxies(prefix, keys.proxyProtocol()),
				Checks.notNegative(prefix + ".max-connections", keys.maxConnections()), keys.allowUnauthenticated());
	}

	private ListenerSettings settings(String prefix, NanoProperties.Listener keys) {
		Websocket websocket = keys.websocket();
		String key = prefix + ".websocket.";
		Checks.check(keys.tcp().enabled() || websocket.enabled(), key + "enabled", false,
				"%s.tcp.enabled is false too, so no client could connect. Leave one of them on.".formatted(prefix));
		return new ListenerSettings(Checks.protocols(prefix + ".protocols", keys.protocols(), this.protocols),
				keys.tcp().enabled(), websocket.enabled(), Checks.path(key + "path", websocket.path()),
				Checks.origins(key + "allowed-origins", websocket.allowedOrigins()),
				Checks.bytesOfUse(key + "max-request-line-size", websocket.maxRequestLineSize(), MAX_HTTP_SIZE),
				Checks.bytesOfUse(key + "max-header-size", websocket.maxHeaderSize(), MAX_HTTP_SIZE));
	}

	private @Nullable Tls tls(String prefix, NanoProperties.Ssl ssl) {
		if (ssl.bundle() == null) {
			return null;
		}
		return new ServerTls(prefix + ".ssl.bundle", ssl.bundle(), ssl.clientAuth()).reloading(this.bundles.get(),
				ssl.allowPlainText());
	}

	private static TrustedProxies proxies(String prefix, NanoProperties.ProxyProtocol proxies) {
		try {
			return TrustedProxies.of(proxies.trustedAddresses());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(prefix + ".proxy-protocol.trusted-addresses",
					proxies.trustedAddresses(), ex.getMessage() + ".");
		}
	}

}
