package io.nanogame.limit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionSlotsTests {

	private static ConnectionSlots slots(int total, int perAddress) {
		return new ConnectionSlots(total, perAddress);
	}

	private static InetSocketAddress at(String address, int port) {
		try {
			return new InetSocketAddress(InetAddress.getByName(address), port);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static List<Long> exceeded(ConnectionSlots slots) {
		return slots.limits().stream().map(Limit::timesExceeded).toList();
	}

	@Test
	void withoutLimitsThereIsAlwaysASlot() {
		ConnectionSlots slots = slots(0, 0);
		assertThat(Stream.generate(() -> at("192.0.2.1", 1)).limit(1000)).allMatch(slots::acquire);
		assertThat(slots.rejects(at("192.0.2.1", 1))).isFalse();
		assertThat(exceeded(slots)).containsExactly(0L, 0L);
	}

	@Test
	void aReleasedSlotIsFreeAgain() {
		ConnectionSlots slots = slots(1, 0);
		assertThat(slots.acquire(at("192.0.2.1", 1))).isTrue();
		assertThat(slots.rejects(at("192.0.2.2", 1))).isTrue();
		assertThat(slots.acquire(at("192.0.2.2", 1))).isFalse();
		slots.release(at("192.0.2.1", 1));
		assertThat(slots.rejects(at("192.0.2.2", 1))).isFalse();
		assertThat(slots.acquire(at("192.0.2.2", 1))).isTrue();
		assertThat(exceeded(slots)).containsExactly(2L, 0L);
	}

	@Test
	void anAddressAtItsLimitGetsNoSlotAndTakesNoneFromOthers() {
		ConnectionSlots slots = slots(3, 2);
		assertThat(slots.acquire(at("192.0.2.1", 1))).isTrue();
		assertThat(slots.acquire(at("192.0.2.1", 2))).isTrue();
		assertThat(slots.acquire(at("192.0.2.1", 3))).isFalse();
		assertThat(slots.acquire(at("192.0.2.1", 4))).isFalse();
		assertThat(slots.rejects(at("192.0.2.1", 5))).isTrue();
		assertThat(slots.acquire(at("192.0.2.2", 1))).isTrue();
		assertThat(exceeded(slots)).containsExactly(0L, 3L);
		slots.release(at("192.0.2.1", 2));
		assertThat(slots.acquire(at("192.0.2.1", 6))).isTrue();
	}

	@Test
	void aNetworkOfIpv6CountsAsOneAddress() {
		ConnectionSlots slots = slots(0, 1);
		assertThat(slots.acquire(at("2001:db8:1:2::1", 1))).isTrue();
		assertThat(slots.acquire(at("2001:db8:1:2:ffff::2", 1))).isFalse();
		assertThat(slots.acquire(at("2001:db8:1:3::1", 1))).isTrue();
		assertThat(slots.acquire(at("::1", 1))).isTrue();
	}

	@Test
	void anIpv4AddressWrittenAsIpv6IsTheSame() {
		ConnectionSlots slots = slots(0, 1);
		assertThat(slots.acquire(at("192.0.2.1", 1))).isTrue();
		assertThat(slots.acquire(at("::ffff:192.0.2.1", 1))).isFalse();
		assertThat(slots.acquire(at("::ffff:192.0.2.2", 1))).isTrue();
	}

	@Test
	void aClientWithoutAnAddressIsCountedInTotalOnly() {
		ConnectionSlots slots = slots(3, 1);
		assertThat(slots.acquire(null)).isTrue();
		assertThat(slots.acquire(InetSocketAddress.createUnresolved("unknown", 0))).isTrue();
		assertThat(slots.acquire(UnixDomainSocketAddress.of("game.socket"))).isTrue();
		assertThat(slots.acquire(null)).isFalse();
		slots.release(null);
		assertThat(slots.acquire(null)).isTrue();
	}

	@Test
	void concurrentClientsGetNoMoreSlotsThanThereAre() {
		ConnectionSlots slots = slots(1000, 100);
		List<CompletableFuture<Boolean>> takers = Stream.generate(() -> at("192.0.2.1", 1))
			.limit(400)
			.map((address) -> CompletableFuture.supplyAsync(() -> slots.acquire(address)))
			.toList();
		assertThat(takers.stream().filter(CompletableFuture::join)).hasSizeBetween(1, 100);
		Stream.generate(() -> at("192.0.2.1", 1)).limit(400).filter(slots::acquire).toList();
		assertThat(slots.acquire(at("192.0.2.1", 1))).isFalse();
		Stream.generate(() -> at("192.0.2.1", 1)).limit(100).forEach(slots::release);
		assertThat(Stream.generate(() -> at("192.0.2.1", 1)).limit(101).filter(slots::acquire)).hasSize(100);
	}

}
