package io.nanogame.contract;

import java.util.stream.Stream;

import io.nanogame.server.Line;

/**
 * A protocol on one transport of the game port.
 *
 * @param protocol its name
 * @param line the transport
 */
record ProtocolTransport(String protocol, Line line) {

	/** So that the system buffers little of what a client does not read. */
	private static final int RECEIVE_BUFFER = 128 * 1024;

	static Stream<ProtocolTransport> all() {
		return Stream.of("pomelo", "json")
			.flatMap((name) -> Stream.of(Line.values()).map((line) -> new ProtocolTransport(name, line)));
	}

	ProtocolClient connect(int port) {
		return this.protocol.equals("pomelo") ? new PomeloClient(this.line.connect(port, RECEIVE_BUFFER))
				: new JsonClient(this.line.connectJson(port, RECEIVE_BUFFER));
	}

	@Override
	public String toString() {
		return this.protocol + " on " + this.line;
	}

}
