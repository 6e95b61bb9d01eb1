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

}
