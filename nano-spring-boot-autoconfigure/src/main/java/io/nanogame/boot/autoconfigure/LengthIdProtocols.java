package io.nanogame.boot.autoconfigure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nanogame.connection.PacketLimits;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.lengthid.MessageIds;
import io.nanogame.net.Listener;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.spring.GameComponents;

/**
 * Creates the protocol {@code length-id}, with the ids and the header of each listener
 * that names it.
 */
final class LengthIdProtocols {

	private final GameComponents components;

	/** The known routes of pushes. */
	private final Set<String> pushes;

	private final PacketLimits limits;

	LengthIdProtocols(GameComponents components, Set<String> pushes, PacketLimits limits) {
		this.components = components;
		this.pushes = pushes;
		this.limits = limits;
	}

	/** Returns the packet formats of all listeners that serve the protocol. */
	static List<LengthIdFormat> formats(NanoProperties properties) {
		List<LengthIdFormat> all = new ArrayList<>();
		served(properties).forEach((name, keys) -> all.add(format(name, keys)));
		return all;
	}

	private static LengthIdFormat format(String listener, NanoProperties.Listener keys) {
		return keys.lengthId().format(Listener.key(listener, "length-id"));
	}

	/** Returns whether any listener serves the protocol. */
	static boolean areServed(NanoProperties properties) {
		return !served(properties).isEmpty();
	}

	/** Returns the listeners that serve the protocol, by name. */
	private static Map<String, NanoProperties.Listener> served(NanoProperties properties) {
		Map<String, NanoProperties.Listener> all = new HashMap<>(properties.listeners());
		if (properties.server().enabled()) {
			all.put(Listener.DEFAULT_NAME, properties.server().listener());
		}
		all.values().removeIf((keys) -> !keys.protocols().contains(LengthIdProtocol.NAME));
		return all;
	}

	/**
	 * Creates the protocol.
	 * @throws io.nanogame.lengthid.InvalidMessageIdException when the ids of a listener
	 * are not valid
	 */
	LengthIdProtocol of(NanoProperties properties) {
		Map<String, LengthIdProtocol> all = new HashMap<>();
		served(properties).forEach((name, keys) -> all.put(name, protocol(name, keys)));
		LengthIdProtocol first = all.get(Listener.DEFAULT_NAME);
		return ((first != null) ? first : withoutIds()).with(all);
	}

	private LengthIdProtocol withoutIds() {
		LengthIdFormat format = LengthIdFormat.defaults();
		MessageIds none = new MessageIds(Listener.key(Listener.DEFAULT_NAME, "ids"), format, Map.of(), null, List.of());
		return new LengthIdProtocol(format, none, this.limits);
	}

	private LengthIdProtocol protocol(String listener, NanoProperties.Listener keys) {
		LengthIdFormat format = format(listener, keys);
		MessageIds ids = new MessageIds(Listener.key(listener, "ids"), format,
				MessageIds.merged(this.components.ids(), keys.ids()), keys.lengthId().errorId(),
				this.components.routes());
		ids.checkPushes(this.pushes);
		return new LengthIdProtocol(format, ids, this.limits);
	}

}
