package io.nanogame.transport;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

import io.nanogame.session.Connection;

/**
 * A connection over a wire, which knows all that is known of the client's address.
 */
abstract class WireConnection implements Connection {

	private final Wire wire;

	WireConnection(Wire wire) {
		this.wire = wire;
	}

	final Wire wire() {
		return this.wire;
	}

	@Override
	public final OutputLoop loop() {
		return this.wire.loop();
	}

	@Override
	public final SocketAddress remoteAddress() {
		return this.wire.remoteAddress();
	}

	@Override
	public final String transport() {
		return this.wire.transport();
	}

	@Override
	public final Map<String, List<String>> queryParameters() {
		UrlQuery query = this.wire.query();
		return (query != null) ? query.parameters() : Map.of();
	}

}
