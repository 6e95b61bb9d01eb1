package io.nanogame.contract;

import java.util.stream.Stream;

import io.nanogame.server.Line;
import io.nanogame.server.TestServer;

/**
 * A protocol on one transport.
 *
 * @param protocol its name
 * @param line the transport
 */
record ProtocolTransport(String protocol, Line line) {

	/** So that the system buffers little of what a client does not read. */
	private static final int RECEIVE_BUFFER = 128 * 1024;

	static Stream<ProtocolTransport> all() {
		return Stream.of("pomelo", "json", "length-id")
			.flatMap((name) -> Stream.of(Line.values()).map((line) -> new ProtocolTransport(name, line)));
	}

	ProtocolClient connect(TestServer server) {
		return switch (this.protocol) {
			case "pomelo" -> new PomeloClient(this.line.connect(server.port(), RECEIVE_BUFFER));
			case "json" -> new JsonClient(this.line.connectJson(server.port(), RECEIVE_BUFFER));
			default ->
				new LengthIdClient(this.line.connectLengthId(server.server().port(this.line.name()), RECEIVE_BUFFER));
		};
	}

	@Override
	public String toString() {
		return this.protocol + " on " + this.line;
	}

}
