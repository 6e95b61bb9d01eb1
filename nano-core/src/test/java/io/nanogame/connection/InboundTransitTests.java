package io.nanogame.connection;

import io.nanogame.server.TestServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A socket is not read from while too many of its bytes are on their way to the loop of a
 * session.
 */
class InboundTransitTests {

	private static final int MUCH = 70_000;

	private final StillServer server = new StillServer(TestServer.settings((it) -> it));

	private final ClientConnection socket = this.server.connect().handshake().connection();

	private final InboundTransit transit = new InboundTransit(this.socket);

	private boolean reads() {
		this.server.runTurns();
		return this.socket.gate().mayReadNext();
	}

	@Test
	void aFewBytesAreNoReasonToWait() {
		this.transit.add(1000);
		assertThat(reads()).isTrue();
		assertThat(this.transit.take(1000)).isFalse();
	}

	@Test
	void theSocketWaitsUntilTheBytesAreTaken() {
		this.transit.add(MUCH);
		assertThat(reads()).isFalse();
		assertThat(this.transit.take(MUCH)).isTrue();
		this.transit.resume();
		assertThat(reads()).isTrue();
		assertThat(this.socket.gate().isPaused()).isFalse();
	}

	@Test
	void theSocketWaitsForASessionThatDoesNotRead() {
		this.transit.add(MUCH);
		this.transit.pause(true);
		this.transit.take(MUCH);
		this.transit.resume();
		assertThat(reads()).isFalse();
		this.transit.pause(false);
		assertThat(reads()).isTrue();
	}

}
