package io.nanogame.resume;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ResumeTokensTests {

	private final ResumeTokens tokens = new ResumeTokens(7, new SplittableRandom(1));

	@Test
	void aProvenTokenIsTheOnlyOne() {
		ResumeToken first = this.tokens.renew();
		ResumeToken second = this.tokens.renew();
		this.tokens.prove();
		assertThat(this.tokens.matches(first)).isFalse();
		assertThat(this.tokens.matches(second)).isTrue();
	}

	/**
	 * The client has received the second token, but the server not what it sent next, and
	 * the third reply is lost.
	 */
	@Test
	void allTokensSinceTheProvenOneAreValid() {
		ResumeToken proven = this.tokens.renew();
		this.tokens.prove();
		ResumeToken received = this.tokens.renew();
		ResumeToken lost = this.tokens.renew();
		assertThat(Stream.of(proven, received, lost)).allMatch(this.tokens::matches);
		this.tokens.prove();
		assertThat(Stream.of(proven, received)).noneMatch(this.tokens::matches);
		assertThat(this.tokens.matches(lost)).isTrue();
	}

	@Test
	void aFewUnprovenTokensAreKept() {
		ResumeToken proven = this.tokens.renew();
		this.tokens.prove();
		List<ResumeToken> sent = Stream.generate(this.tokens::renew).limit(100).toList();
		assertThat(this.tokens.matches(proven)).isTrue();
		assertThat(sent.subList(0, 92)).noneMatch(this.tokens::matches);
		assertThat(sent.subList(92, 100)).allMatch(this.tokens::matches);
	}

	/** The client repeats its claim while all replies to it are lost. */
	@Test
	void aClaimedTokenStaysValid() {
		this.tokens.renew();
		this.tokens.prove();
		ResumeToken received = this.tokens.renew();
		for (int i = 0; i < 100; i++) {
			this.tokens.renew();
			assertThat(this.tokens.matches(received)).isTrue();
			this.tokens.claimed(received);
		}
		assertThat(this.tokens.matches(received)).isTrue();
	}

	@Test
	void tokensBeforeAClaimedOneAreNotValid() {
		ResumeToken proven = this.tokens.renew();
		this.tokens.prove();
		ResumeToken earlier = this.tokens.renew();
		ResumeToken claimed = this.tokens.renew();
		ResumeToken later = this.tokens.renew();
		this.tokens.claimed(claimed);
		assertThat(Stream.of(proven, earlier)).noneMatch(this.tokens::matches);
		assertThat(Stream.of(claimed, later)).allMatch(this.tokens::matches);
	}

	@Test
	void aClaimOfTheNewestTokenProvesIt() {
		ResumeToken proven = this.tokens.renew();
		this.tokens.prove();
		ResumeToken newest = this.tokens.renew();
		this.tokens.claimed(newest);
		ResumeToken next = this.tokens.renew();
		assertThat(this.tokens.matches(proven)).isFalse();
		assertThat(Stream.of(newest, next)).allMatch(this.tokens::matches);
	}

}
