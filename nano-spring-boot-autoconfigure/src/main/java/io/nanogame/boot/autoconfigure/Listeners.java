package io.nanogame.boot.autoconfigure;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.nanogame.net.Listener;
import io.nanogame.net.ListenerSettings;
import io.nanogame.net.Tls;
import io.nanogame.net.UpgradeSettings;
import io.nanogame.plain.RawProtocol;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/**
 * Creates the listeners of an app from its configuration: the game port and the named
 * ports.
 */
final class Listeners {

	private static final String SERVER = "nano.server";

	private static final String NAMED = "nano.listeners.";

	/**
	 * The maximum of the size limits of WebSocket requests. A client can make the server
	 * hold that much, and requests of browsers are smaller.
	 */
	private static final int MAX_HTTP_SIZE = 1024 * 1024;

	private final Collection<String> protocols;

	private final Supplier<SslBundles> bundles;

	private final ClientFilters filters;

	/** The key of the port, by address. */
	private final Map<InetSocketAddress, String> ports = new HashMap<>();

	/**
	 * Creates the factory of one server.
	 * @param protocols the names of the available protocols
	 * @param bundles the SSL bundles of the app
	 * @param filters the filters of the app
	 */
	Listeners(Collection<String> protocols, Supplier<SslBundles> bundles, ClientFilters filters) {
		this.protocols = protocols;
		this.bundles = bundles;
		this.filters = filters;
	}

	List<Listener> of(NanoProperties properties) {
		List<Listener> all = new ArrayList<>();
		if (properties.server().enabled()) {
			all.add(listener(SERVER, Listener.DEFAULT_NAME, properties.server().listener()));
		}
		properties.listeners().forEach((name, keys) -> {
			String prefix = NAMED + name;
			Checks.check(!name.equals(Listener.DEFAULT_NAME), prefix + ".port", keys.port(),
					"The name 'server' is reserved for the listener of 'nano.server'. Use those keys, or another name.");
			Checks.check(!name.equals(Listener.WEB), prefix + ".port", keys.port(),
					"The name 'nano.web' is reserved for the port of the web app. Use another name.");
			all.add(listener(prefix, name, keys));
		});
		return all;
	}

	/** Returns the routes of the protocol {@code raw} by listener, and of the web app. */
	static Map<String, String> rawRoutes(NanoProperties properties) {
		Map<String, RawProperties> all = new HashMap<>();
		properties.listeners().forEach((name, keys) -> all.put(name, keys.raw()));
		all.put(Listener.DEFAULT_NAME, properties.server().raw());
		all.put(Listener.WEB, properties.web().raw());
		Map<String, String> routes = new HashMap<>();
		all.forEach((name, keys) -> routes.put(name, keys.route(Listener.key(name, "raw"))));
		return routes;
	}

	/**
	 * Returns the keys of the routes of raw messages that no handler has.
	 * @param routes the routes of all handlers
	 */
	static List<String> rawRoutesWithoutHandler(NanoProperties properties, Collection<String> routes) {
		Map<String, List<String>> served = new HashMap<>();
		properties.listeners().forEach((name, keys) -> served.put(name, keys.protocols()));
		if (properties.server().enabled()) {
			served.put(Listener.DEFAULT_NAME, properties.server().protocols());
		}
		if (StringUtils.hasText(properties.web().path())) {
			served.put(Listener.WEB, properties.web().protocols());
		}
		return rawRoutes(properties).entrySet()
			.stream()
			.filter((route) -> served.getOrDefault(route.getKey(), List.of()).contains(RawProtocol.NAME))
			.filter((route) -> !routes.contains(route.getValue()))
			.map((route) -> Listener.key(route.getKey(), "raw.route"))
			.toList();
	}

	private Listener listener(String prefix, String name, NanoProperties.Listener keys) {
		Integer port = keys.port();
		if (port == null) {
			throw new InvalidConfigurationPropertyValueException(prefix + ".port", null,
					"A listener needs a port. Use 0 for any free port.");
		}
		InetSocketAddress address = new InetSocketAddress(keys.address(),
				Checks.within(prefix + ".port", port, 0, 65535));
		String other = (port > 0) ? this.ports.putIfAbsent(address, prefix + ".port") : null;
		Checks.check(other == null, prefix + ".port", port, "It is also the port of '%s'.".formatted(other));
		return new Listener(name, address, settings(prefix, keys), tls(prefix, keys.ssl()),
				AddressProperties.networks(prefix + ".proxy-protocol.trusted-addresses",
						keys.proxyProtocol().trustedAddresses()),
				Checks.notNegative(prefix + ".max-connections", keys.maxConnections()), keys.allowUnauthenticated());
	}

	private ListenerSettings settings(String prefix, NanoProperties.Listener keys) {
		WebsocketProperties websocket = keys.websocket();
		String key = prefix + ".websocket.";
		Checks.check(keys.tcp().enabled() || websocket.enabled(), key + "enabled", false,
				"%s.tcp.enabled is false too, so no client could connect. Enable one of them.".formatted(prefix));
		List<String> served = Checks.protocols(prefix + ".protocols", keys.protocols(), this.protocols);
		return new ListenerSettings(served, keys.tcp().enabled(), websocket.enabled(), upgrade(prefix, keys),
				keys.addresses().policy(prefix + ".addresses", this.filters.addresses()),
				keys.keepAlive().probes(prefix + ".keep-alive"));
	}

	private UpgradeSettings upgrade(String prefix, NanoProperties.Listener keys) {
		WebsocketProperties websocket = keys.websocket();
		String key = prefix + ".websocket.";
		return new UpgradeSettings(Checks.path(key + "path", websocket.path()),
				websocket.origins(prefix + ".websocket", this.filters.origins()),
				Checks.tokens(key + "subprotocols", websocket.subprotocols()),
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

}
