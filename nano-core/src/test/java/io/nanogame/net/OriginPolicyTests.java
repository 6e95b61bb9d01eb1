package io.nanogame.net;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.nanogame.session.UpgradeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Origins mean a scheme, a host and a port, however they are spelt.
 */
class OriginPolicyTests {

	private static final OriginPolicy HOST_ONLY = OriginPolicy.SAME_HOST;

	private static final Supplier<UpgradeRequest> NO_REQUEST = () -> {
		throw new AssertionError("only filters need the request");
	};

	@ParameterizedTest
	@CsvSource({ "https://game.example, game.example", "https://game.example, game.example:443",
			"https://game.example:443, game.example", "http://game.example, game.example:80",
			"http://game.example:80, game.example", "http://game.example:3250, game.example:3250",
			"ws://game.example:3250/nano, game.example:3250", "wss://game.example/, game.example:443",
			"https://game.example/, game.example", "HTTPS://Game.Example, game.example",
			"https://game.example, GAME.EXAMPLE:443", "http://[::1]:3250, [::1]:3250",
			"http://[0:0:0:0:0:0:0:1]:80, [::1]", "https://[2001:DB8::1], [2001:db8:0::1]:443",
			"http://game_server:3250, game_server:3250", "https://müller.example, xn--mller-kva.example",
			"https://xn--mller-kva.example, müller.example:443", "http://game.example?x, game.example",
			"http://127.0.0.1, 127.0.0.1:80", "https://game.example:, game.example" })
	void aPageOfTheSameHostIsAllowed(String origin, String host) {
		assertThat(HOST_ONLY.allows(origin, host, NO_REQUEST)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "https://evil.example, game.example", "https://game.example, game.example:80",
			"http://game.example, game.example:443", "https://game.example:444, game.example:443",
			"https://game.example.evil.example, game.example", "https://evil.example/game.example, game.example",
			"https://game.example@evil.example, game.example", "https://evil.example#game.example, game.example",
			"https://evil.example@game.example, game.example", "null, game.example", "game.example, game.example",
			"://game.example, game.example", "https://, game.example", "https://:443, game.example",
			"https://game.example:4x3, game.example", "https://game.example:443:443, game.example",
			"https://game.example:99999, game.example", "http://[::1, [::1]", "http://[::2], [::1]",
			"http://[game.example], game.example", "https://game.example, game.example:x",
			"capacitor://game.example, game.example:80" })
	void aPageOfAnotherHostIsNotAllowed(String origin, String host) {
		assertThat(HOST_ONLY.allows(origin, host, NO_REQUEST)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://game.example", "https://GAME.example/", "https://game.example:443/chat",
			"wss://game.example", "http://[::1]:8080", "http://[0::1]:8080", "https://xn--mller-kva.example",
			"capacitor://localhost", "null", "NULL" })
	void aListedOriginIsAllowedInAnySpelling(String origin) {
		OriginPolicy policy = new OriginPolicy(List.of("https://Game.Example:443/", "http://[::1]:8080",
				"https://müller.example", "capacitor://localhost", "null"));
		assertThat(policy.allows(origin, "other.example", NO_REQUEST)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://game.example", "https://game.example:8443", "https://www.game.example",
			"https://localhost", "nonsense", "" })
	void anUnlistedOriginIsNotAllowed(String origin) {
		OriginPolicy policy = new OriginPolicy(List.of("https://game.example", "capacitor://localhost"));
		assertThat(policy.allows(origin, "other.example", NO_REQUEST)).isFalse();
	}

	@Test
	void aMissingOriginIsAllowedAndAStarAllowsAll() {
		assertThat(HOST_ONLY.allows(null, null, NO_REQUEST)).isTrue();
		assertThat(HOST_ONLY.allows("https://game.example", null, NO_REQUEST)).isFalse();
		assertThat(new OriginPolicy(List.of("*")).allows("null", null, NO_REQUEST)).isTrue();
	}

	@Test
	void aFilterAllowsOriginsBesidesTheListedOnes() {
		UpgradeRequest request = UpgradeRequest.of("/nano", Stream.of(Map.entry("X-Tenant", "acme")));
		OriginPolicy policy = new OriginPolicy(List.of("https://game.example"), List.of((origin, upgrade) -> false,
				(origin, upgrade) -> origin.endsWith(".partner.example") && upgrade.headers().containsKey("x-tenant")));
		assertThat(policy.allows("https://a.partner.example", "other.example", () -> request)).isTrue();
		assertThat(policy.allows("https://evil.example", "other.example", () -> request)).isFalse();
		assertThat(policy.allows("https://game.example", "other.example", NO_REQUEST)).isTrue();
		assertThat(policy.allows("https://other.example", "other.example", NO_REQUEST)).isTrue();
	}

	@Test
	void aFilterThatFailsAllowsNothing() {
		assertThat(isAllowedBy((origin, upgrade) -> {
			throw new IllegalStateException("no database");
		})).isFalse();
	}

	@Test
	void aFilterThatThrowsAnErrorAllowsNothing() {
		assertThat(isAllowedBy((origin, upgrade) -> {
			throw new StackOverflowError();
		})).isFalse();
	}

	private static boolean isAllowedBy(OriginFilter filter) {
		return new OriginPolicy(List.of(), List.of(filter)).allows("https://a.example", "b.example",
				() -> UpgradeRequest.of("/", Stream.of()));
	}

	@Test
	void onlyTheFirstFailureOfAFilterIsAnErrorInTheLog() {
		LoggedProblems problems = LoggedProblems.listen();
		OriginPolicy policy = new OriginPolicy(List.of(), List.of((origin, upgrade) -> {
			throw new StackOverflowError();
		}));
		policy.allows("https://a.example", "b.example", () -> UpgradeRequest.of("/", Stream.of()));
		assertThat(problems.take()).singleElement()
			.asString()
			.contains("A filter of origins failed", "StackOverflowError");
		policy.allows("https://a.example", "b.example", () -> UpgradeRequest.of("/", Stream.of()));
		assertThat(problems.take()).isEmpty();
	}

}
