package io.nanogame.connection;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The protocols of a server by name. Thread-safe.
 */
public final class Protocols {

	private final Map<String, Protocol> byName = new LinkedHashMap<>();

	/**
	 * Creates the registry of the protocols that listeners may name.
	 * @param protocols all of them
	 * @throws IllegalArgumentException when two have the same name, or one needs messages
	 * and is detectable
	 */
	public Protocols(Collection<? extends Protocol> protocols) {
		for (Protocol protocol : protocols) {
			if (needsMessages(protocol) && protocol.isDetectable()) {
				throw new IllegalArgumentException(
						"The protocol '" + protocol.name() + "' needs messages, so it cannot be detectable");
			}
			if (this.byName.putIfAbsent(protocol.name(), protocol) != null) {
				throw new IllegalArgumentException("Two protocols are named '" + protocol.name() + "'");
			}
		}
	}

	/**
	 * Returns the names of all protocols.
	 * @return in the order they were given
	 */
	public Collection<String> names() {
		return List.copyOf(this.byName.keySet());
	}

	/**
	 * Returns the protocols of a listener as one. With several, the first bytes of a
	 * client determine its protocol: the first in the list that recognises them.
	 * @param listener the name of the listener
	 * @param names of the protocols, at least one
	 * @return a protocol whose connections use one of them
	 * @throws UnknownProtocolException when there is no protocol of such a name
	 * @throws UnsuitableListenerException when one of several must be the only one
	 */
	public Protocol choose(String listener, List<String> names) {
		List<Protocol> chosen = names.stream().distinct().map((name) -> find(name).forListener(listener)).toList();
		if (chosen.size() == 1) {
			return chosen.get(0);
		}
		for (Protocol protocol : chosen) {
			if (!protocol.isDetectable()) {
				throw new UnsuitableListenerException(listener, protocol.name(),
						"whose first bytes can be any, beside " + others(protocol, chosen), "protocols");
			}
		}
		return new ProtocolChoice(chosen);
	}

	private static String others(Protocol protocol, List<Protocol> all) {
		return all.stream()
			.filter((other) -> other != protocol)
			.map((other) -> "the protocol '" + other.name() + "'")
			.collect(Collectors.joining(" and "));
	}

	/**
	 * Returns a protocol, without the settings of a listener.
	 * @param name its name
	 * @return the protocol of the server
	 * @throws UnknownProtocolException when there is no protocol of that name
	 */
	public Protocol find(String name) {
		Protocol protocol = this.byName.get(name);
		if (protocol == null) {
			throw new UnknownProtocolException(name, names());
		}
		return protocol;
	}

	/**
	 * Returns whether a protocol serves WebSockets only.
	 * @param protocol a protocol
	 * @return true with the trait {@link ProtocolTrait#MESSAGES}
	 */
	public static boolean needsMessages(Protocol protocol) {
		return protocol.traits().contains(ProtocolTrait.MESSAGES);
	}

	/** Creates the state of a connection. Confined to the loop. */
	static ProtocolConnection open(Protocol protocol, ClientConnection connection) {
		if (protocol.traits().contains(ProtocolTrait.TEXT)) {
			connection.wire().sendText(true);
		}
		return protocol.open(connection);
	}

}
