package io.nanogame.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.test.RawClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server at the limit of its file descriptors.
 */
class DescriptorLimitTests {

	private static final int DESCRIPTORS = 160;

	/** More clients than the process has file descriptors for. */
	private static final int CLIENTS = 200;

	@ParameterizedTest(name = "native transport: {0}")
	@ValueSource(booleans = { true, false })
	void connectedClientsAreServedAndFurtherOnesAcceptedAfterADisconnect(boolean nativeTransport)
			throws IOException, InterruptedException {
		List<RawClient> crowd = new ArrayList<>();
		try (ServerProcess server = new ServerProcess(DESCRIPTORS, "-Dreactor.netty.native=" + nativeTransport);
				RawClient witness = RawClient.tcp(server.port()).handshake()) {
			// Loading a class needs a descriptor, unless its archive is already open.
			assertThat(witness.request(1, "test.echo", "1").readResponse(1)).isEqualTo("1");
			assertThat(refused(witness)).isZero();
			for (int i = 0; i < CLIENTS; i++) {
				crowd.add(RawClient.tcp(server.port()));
			}
			RawClient late = crowd.get(CLIENTS - 1).sendHex("01000000 02000000");
			await().until(() -> refused(witness) > 0);

			long began = System.nanoTime();
			long refusedBefore = refused(witness);
			Duration cpuBefore = server.cpu();
			await().pollInterval(Duration.ofMillis(500)).until(() -> refused(witness) >= refusedBefore + 3);
			Duration window = Duration.ofNanos(System.nanoTime() - began);
			assertThat(window).as("it tries again once a second").isGreaterThan(Duration.ofMillis(1900));
			assertThat(server.cpu().minus(cpuBefore)).as("processor time").isLessThan(window.dividedBy(2));
			assertThat(witness.request(1, "test.echo", "1").readResponse(1)).isEqualTo("1");
			assertThat(server.lines()).as("what is logged of it").hasSize(1).first().asString().contains("ulimit -n");

			crowd.subList(0, CLIENTS - 1).forEach(RawClient::close);
			assertThat(late.read().text()).contains("\"code\":200");
		}
		finally {
			crowd.forEach(RawClient::close);
		}
	}

	/** The number of clients that could not be accepted. */
	private static long refused(RawClient witness) {
		return Long.parseLong(
				witness.request(9, "test.limits", "").readResponse(9).replaceAll(".*\"descriptors\":(\\d+).*", "$1"));
	}

}
