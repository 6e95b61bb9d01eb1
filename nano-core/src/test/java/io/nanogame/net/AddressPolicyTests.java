package io.nanogame.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Filters of addresses that fail.
 */
class AddressPolicyTests {

	private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);

	private final LoggedProblems problems = LoggedProblems.listen();

	@Test
	void aFilterThatFailsAllowsNothingAndIsAnErrorInTheLogOnce() {
		verify((address) -> {
			throw new IllegalStateException("no database");
		}, "IllegalStateException");
	}

	@Test
	void aFilterThatThrowsAnErrorIsAFilterThatFails() {
		verify((address) -> {
			throw new StackOverflowError();
		}, "StackOverflowError");
	}

	private void verify(AddressFilter filter, String logged) {
		AddressPolicy policy = new AddressPolicy(Networks.NONE, Networks.NONE, List.of(filter));
		assertThat(policy.allows(CLIENT)).isFalse();
		assertThat(this.problems.take()).singleElement().asString().contains("A filter of addresses failed", logged);
		assertThat(policy.allows(CLIENT)).isFalse();
		assertThat(this.problems.take()).isEmpty();
	}

}
