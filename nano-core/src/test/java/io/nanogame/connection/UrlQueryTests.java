package io.nanogame.connection;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UrlQueryTests {

	@Test
	void parametersAreDecodedInTheirOrder() {
		assertThat(UrlQuery.of("/nano?room=7&name=a%20b+c&room=8#end").parameters())
			.isEqualTo(Map.of("room", List.of("7", "8"), "name", List.of("a b c")));
	}

	@Test
	void withoutAQueryThereAreNone() {
		assertThat(UrlQuery.of("/nano").parameters()).isEmpty();
		assertThat(UrlQuery.of("/nano?").parameters()).isEmpty();
		assertThat(UrlQuery.of("/nano#a?b=c").parameters()).isEmpty();
		assertThat(new UrlQuery(null).parameters()).isEmpty();
	}

	@Test
	void atMostSixtyFourParametersAreRead() {
		String text = IntStream.range(0, 750).mapToObj((i) -> "p" + i + "=").collect(Collectors.joining("&"));
		assertThat(new UrlQuery(text).parameters()).hasSize(UrlQuery.MAX_PARAMETERS).containsKeys("p0", "p63");
	}

	@Test
	void aReleasedQueryHasNoParameters() {
		UrlQuery query = new UrlQuery("token=secret");
		query.release();
		assertThat(query.parameters()).isEmpty();
	}

	@Test
	void aQueryThatCannotBeDecodedIsUnreadable() {
		assertThat(new UrlQuery("a=%zz").isReadable()).isFalse();
		assertThat(new UrlQuery("a=%41").isReadable()).isTrue();
	}

}
