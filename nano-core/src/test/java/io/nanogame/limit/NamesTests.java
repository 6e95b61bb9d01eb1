package io.nanogame.limit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NamesTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "ann", "a b.*.>\r\n", "é", "\uD83D\uDE00" })
	void aNameThatOtherNodesCanReadIsAccepted(String name) {
		assertThat(Names.check("A uid", name)).isSameAs(name);
	}

	@Test
	void theLengthOfANameIsLimited() {
		assertThat(Names.check("A uid", "x".repeat(8192))).hasSize(8192);
		assertThatIllegalArgumentException().isThrownBy(() -> Names.check("A uid", "x".repeat(8193)))
			.withMessage("A uid must not be longer than 8192 characters, and this one has 8193");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uD83D", "\uDE00", "\uDE00\uD83D", "a\uD83Db", "\uD83D\uD83D\uDE00" })
	void anUnpairedSurrogateIsRejected(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> Names.check("A uid", name))
			.withMessage("A uid must not hold half of a surrogate pair");
	}

}
