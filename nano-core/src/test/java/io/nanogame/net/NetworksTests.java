package io.nanogame.net;

import java.net.InetSocketAddress;
import java.util.List;

import io.netty.channel.local.LocalAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NetworksTests {

	private static boolean trusts(List<String> addresses, String host) {
		return Networks.of(addresses).contain(new InetSocketAddress(host, 1));
	}

	@Test
	void aNetworkContainsOnlyItsAddresses() {
		List<String> networks = List.of("10.0.0.0/8", "fd00::/8");
		assertThat(trusts(networks, "10.255.0.1")).isTrue();
		assertThat(trusts(networks, "fd12::1")).isTrue();
		assertThat(trusts(networks, "11.0.0.1")).isFalse();
		assertThat(trusts(networks, "fe80::1")).isFalse();
	}

	@Test
	void anAddressContainsOnlyItself() {
		assertThat(trusts(List.of("10.0.0.1"), "10.0.0.1")).isTrue();
		assertThat(trusts(List.of("10.0.0.1"), "10.0.0.2")).isFalse();
		assertThat(trusts(List.of("2001:db8::1"), "2001:db8::1")).isTrue();
		assertThat(trusts(List.of("2001:db8::1"), "2001:db8::2")).isFalse();
	}

	@Test
	void aNetworkMayContainAllAddressesOfItsFamily() {
		assertThat(trusts(List.of("0.0.0.0/0"), "192.0.2.7")).isTrue();
		assertThat(trusts(List.of("0.0.0.0/0"), "::1")).isFalse();
		assertThat(trusts(List.of("::/0"), "2001:db8::1")).isTrue();
	}

	@Test
	void noAddressIsTrustedByDefault() {
		assertThat(Networks.NONE.contain(new InetSocketAddress("127.0.0.1", 1))).isFalse();
		assertThat(Networks.of(List.of("0.0.0.0/0")).contain(null)).isFalse();
		assertThat(Networks.of(List.of("0.0.0.0/0")).contain(new LocalAddress("here"))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0",
			"fd00::/129", "/8" })
	void anInvalidAddressIsRejectedWithItsText(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Networks.of(List.of("127.0.0.1", text)))
			.withMessageContaining("'" + text + "' is neither an IP address");
	}

}
