package io.nanogame.contract;

import java.util.stream.Stream;

import io.nanogame.server.Line;

/**
 * A protocol on one of the ways to the game port.
 *
 * @param protocol its name
 * @param line the way
 */
record Way(String protocol, Line line) {

	/** So that the system buffers little of what a client does not read. */
	private static final int RECEIVE_BUFFER = 128 * 1024;

	static Stream<Way> all() {
		return Stream.of("pomelo", "json")
			.flatMap((name) -> Stream.of(Line.values()).map((line) -> new Way(name, line)));
	}

	Speaker connect(int port) {
		return this.protocol.equals("pomelo") ? new PomeloSpeaker(this.line.connect(port, RECEIVE_BUFFER))
				: new JsonSpeaker(this.line.connectJson(port, RECEIVE_BUFFER));
	}

	@Override
	public String toString() {
		return this.protocol + " on " + this.line;
	}

}
