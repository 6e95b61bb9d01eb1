package io.nanogame.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.nanogame.connection.PacketLimits;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.lengthid.MessageIds;
import io.nanogame.lengthid.PacketFormat;
import io.nanogame.net.Listener;
import io.nanogame.spring.GameComponents;

/**
 * Creates the protocol {@code length-id} of each listener that names it, because
 * listeners may have different ids and headers.
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

	/** Returns the name of the protocol of a listener. */
	static String name(String listener) {
		return listener.equals(Listener.DEFAULT_NAME) ? LengthIdProtocol.NAME : LengthIdProtocol.NAME + "." + listener;
	}

	/** Returns the packet formats of all listeners that serve the protocol. */
	static List<PacketFormat> formats(NanoProperties properties) {
		List<PacketFormat> all = new ArrayList<>();
		if (isServed(properties.server().enabled(), properties.server().protocols())) {
			all.add(format(Listener.DEFAULT_NAME, properties.server().lengthId()));
		}
		properties.listeners().forEach((name, keys) -> {
			if (isServed(true, keys.protocols())) {
				all.add(format(name, keys.lengthId()));
			}
		});
		return all;
	}

	private static PacketFormat format(String listener, LengthIdProperties keys) {
		return keys.format(Listener.key(listener, "length-id"));
	}

	/** Returns whether any listener serves the protocol. */
	static boolean areServed(NanoProperties properties) {
		return isServed(properties.server().enabled(), properties.server().protocols())
				|| properties.listeners().values().stream().anyMatch((it) -> isServed(true, it.protocols()));
	}

	private static boolean isServed(boolean enabled, List<String> protocols) {
		return enabled && protocols.contains(LengthIdProtocol.NAME);
	}

	/**
	 * Creates the protocols.
	 * @throws io.nanogame.lengthid.InvalidMessageIdException when the ids of a listener
	 * are not valid
	 */
	List<LengthIdProtocol> of(NanoProperties properties) {
		List<LengthIdProtocol> all = new ArrayList<>();
		if (isServed(properties.server().enabled(), properties.server().protocols())) {
			all.add(protocol(Listener.DEFAULT_NAME, properties.server().listener()));
		}
		properties.listeners().forEach((name, keys) -> {
			if (isServed(true, keys.protocols())) {
				all.add(protocol(name, keys));
			}
		});
		return all;
	}

	private LengthIdProtocol protocol(String listener, NanoProperties.Listener keys) {
		PacketFormat format = format(listener, keys.lengthId());
		MessageIds ids = new MessageIds(Listener.key(listener, "ids"), format,
				MessageIds.merged(this.components.ids(), keys.ids()), keys.lengthId().errorId(),
				this.components.routes());
		ids.checkPushes(this.pushes);
		return new LengthIdProtocol(name(listener), format, ids, this.limits);
	}

}
