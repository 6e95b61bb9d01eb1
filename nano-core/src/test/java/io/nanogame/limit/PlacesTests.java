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

class PlacesTests {

	private static Places places(int total, int perAddress) {
		return new Places(total, perAddress);
	}

	private static InetSocketAddress at(String address, int port) {
		try {
			return new InetSocketAddress(InetAddress.getByName(address), port);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static List<Long> exceeded(Places places) {
		return places.limits().stream().map(Limit::timesExceeded).toList();
	}

	@Test
	void withoutLimitsThereIsAlwaysAPlace() {
		Places places = places(0, 0);
		assertThat(Stream.generate(() -> at("192.0.2.1", 1)).limit(1000)).allMatch(places::take);
		assertThat(places.refuse(at("192.0.2.1", 1))).isFalse();
		assertThat(exceeded(places)).containsExactly(0L, 0L);
	}

	@Test
	void aPlaceThatIsLeftIsFreeAgain() {
		Places places = places(1, 0);
		assertThat(places.take(at("192.0.2.1", 1))).isTrue();
		assertThat(places.refuse(at("192.0.2.2", 1))).isTrue();
		assertThat(places.take(at("192.0.2.2", 1))).isFalse();
		places.leave(at("192.0.2.1", 1));
		assertThat(places.refuse(at("192.0.2.2", 1))).isFalse();
		assertThat(places.take(at("192.0.2.2", 1))).isTrue();
		assertThat(exceeded(places)).containsExactly(2L, 0L);
	}

	@Test
	void anAddressThatHasItsShareGetsNoMoreAndTakesNothingFromOthers() {
		Places places = places(3, 2);
		assertThat(places.take(at("192.0.2.1", 1))).isTrue();
		assertThat(places.take(at("192.0.2.1", 2))).isTrue();
		assertThat(places.take(at("192.0.2.1", 3))).isFalse();
		assertThat(places.take(at("192.0.2.1", 4))).isFalse();
		assertThat(places.refuse(at("192.0.2.1", 5))).isTrue();
		assertThat(places.take(at("192.0.2.2", 1))).isTrue();
		assertThat(exceeded(places)).containsExactly(0L, 3L);
		places.leave(at("192.0.2.1", 2));
		assertThat(places.take(at("192.0.2.1", 6))).isTrue();
	}

	@Test
	void aNetworkOfIpv6CountsAsOneAddress() {
		Places places = places(0, 1);
		assertThat(places.take(at("2001:db8:1:2::1", 1))).isTrue();
		assertThat(places.take(at("2001:db8:1:2:ffff::2", 1))).isFalse();
		assertThat(places.take(at("2001:db8:1:3::1", 1))).isTrue();
		assertThat(places.take(at("::1", 1))).isTrue();
	}

	@Test
	void anIpv4AddressWrittenAsIpv6IsTheSame() {
		Places places = places(0, 1);
		assertThat(places.take(at("192.0.2.1", 1))).isTrue();
		assertThat(places.take(at("::ffff:192.0.2.1", 1))).isFalse();
		assertThat(places.take(at("::ffff:192.0.2.2", 1))).isTrue();
	}

	@Test
	void whoHasNoAddressIsCountedInTotalOnly() {
		Places places = places(3, 1);
		assertThat(places.take(null)).isTrue();
		assertThat(places.take(InetSocketAddress.createUnresolved("unknown", 0))).isTrue();
		assertThat(places.take(UnixDomainSocketAddress.of("game.socket"))).isTrue();
		assertThat(places.take(null)).isFalse();
		places.leave(null);
		assertThat(places.take(null)).isTrue();
	}

	@Test
	void manyAtOnceGetAsManyPlacesAsThereAre() {
		Places places = places(1000, 100);
		List<CompletableFuture<Boolean>> takers = Stream.generate(() -> at("192.0.2.1", 1))
			.limit(400)
			.map((address) -> CompletableFuture.supplyAsync(() -> places.take(address)))
			.toList();
		assertThat(takers.stream().filter(CompletableFuture::join)).hasSizeBetween(1, 100);
		Stream.generate(() -> at("192.0.2.1", 1)).limit(400).filter(places::take).toList();
		assertThat(places.take(at("192.0.2.1", 1))).isFalse();
		Stream.generate(() -> at("192.0.2.1", 1)).limit(100).forEach(places::leave);
		assertThat(Stream.generate(() -> at("192.0.2.1", 1)).limit(101).filter(places::take)).hasSize(100);
	}

}
