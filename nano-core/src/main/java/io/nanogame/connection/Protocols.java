package io.nanogame.connection;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The protocols of a server by name. Thread-safe.
 */
public final class Protocols {

	private final Map<String, Protocol> byName = new LinkedHashMap<>();

	/**
	 * Creates the registry of the protocols that listeners may name.
	 * @param protocols all of them
	 * @throws IllegalArgumentException when two have the same name
	 */
	public Protocols(Collection<? extends Protocol> protocols) {
		for (Protocol protocol : protocols) {
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
	 * @param names of the protocols, at least one
	 * @return a protocol whose connections use one of them
	 * @throws UnknownProtocolException when there is no protocol of such a name
	 * @throws UnsuitableListenerException when one of several must be the only one
	 */
	public Protocol choose(List<String> names) {
		List<Protocol> chosen = names.stream().distinct().map(this::find).toList();
		if (chosen.size() == 1) {
			return chosen.get(0);
		}
		chosen.stream().filter(Protocols::needsMessages).findFirst().ifPresent((protocol) -> {
			throw new UnsuitableListenerException(protocol.name(),
					"cannot share a port with other protocols, because any bytes may be its messages");
		});
		return new ProtocolChoice(chosen);
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

	private Protocol find(String name) {
		Protocol protocol = this.byName.get(name);
		if (protocol == null) {
			throw new UnknownProtocolException(name, names());
		}
		return protocol;
	}

}
