package io.nanogame.net;

import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one channel holds of packets that are not whole.
 */
class PacketBufferTests {

	@Test
	void theBufferGrowsWithTheReceivedBytesNotWithTheAnnouncedLength() {
		FuzzedServer server = new FuzzedServer();
		FuzzedClient client = server.connect();
		client.send(RawClient.packet(1, new byte[0]), FuzzedInputs.ACK);
		client.output();
		long before = used(server);
		client.send(new byte[] { 4, 0x07, (byte) 0xD0, 0, 1 });
		assertThat(used(server) - before).as("held for five bytes of two thousand").isLessThan(1000);
		client.hangUp();
		server.isEmpty(1);
	}

	private static long used(FuzzedServer server) {
		return server.allocator.metric().usedHeapMemory() + server.allocator.metric().usedDirectMemory();
	}

}
