package io.nanogame.client;

import java.util.List;

import io.nanogame.client.RoomPath.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Tests of pointers with wildcards. */
class RoomPathTests {

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text.replace('\'', '"'));
	}

	/** Returns the changes as texts. */
	private static List<String> changes(String pointer, JsonNode previous, JsonNode next) {
		return RoomPath.of(pointer).changes(previous, next).stream().map(RoomPathTests::text).toList();
	}

	private static String text(Change change) {
		return "%s: %s, before %s".formatted(String.join(",", change.names()), change.value(), change.previous());
	}

	@Test
	void partsThatAreAddedChangedOrRemovedAreFound() {
		JsonNode previous = json("{'fighters':{'ann':1,'bob':2,'cid':3}}");
		JsonNode next = RoomTree.shareEqualParts(previous, json("{'fighters':{'dan':4,'cid':3,'bob':5}}"));
		assertThat(changes("/fighters/*", previous, next)).containsExactly("ann: null, before 1", "bob: 5, before 2",
				"dan: 4, before null");
		assertThat(changes("/fighters/bob", previous, next)).containsExactly(": 5, before 2");
		assertThat(changes("/fighters/cid", previous, next)).isEmpty();
		assertThat(changes("/fighters/cid/x", previous, next)).isEmpty();
		assertThat(changes("", previous, next)).hasSize(1);
		assertThat(changes("", previous, previous)).isEmpty();
	}

	@Test
	void aPointerMayHaveSeveralWildcardsAndIndexes() {
		JsonNode tree = json("{'teams':{'red':[{'n':1},{'n':2}],'blue':[{'n':3}]}}");
		assertThat(changes("/teams/*/*/n", null, tree)).containsExactly("red,0: 1, before null",
				"red,1: 2, before null", "blue,0: 3, before null");
		assertThat(changes("/teams/red/1/n", null, tree)).containsExactly(": 2, before null");
		assertThat(changes("/teams/red/0/n/*", null, tree)).isEmpty();
	}

	@Test
	void namesAreEscapedAsInTheRfc() {
		JsonNode tree = json("{'a/b':1,'m~n':2,'~1':3,'':4,'😀':5}");
		assertThat(changes("/a~1b", null, tree)).containsExactly(": 1, before null");
		assertThat(changes("/m~0n", null, tree)).containsExactly(": 2, before null");
		assertThat(changes("/~01", null, tree)).containsExactly(": 3, before null");
		assertThat(changes("/", null, tree)).containsExactly(": 4, before null");
		assertThat(changes("/😀", null, tree)).containsExactly(": 5, before null");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "a/b", "/a~2", "/~", "*", "/a\n~" })
	void anInvalidPointerIsRejected(String pointer) {
		assertThatIllegalArgumentException().isThrownBy(() -> RoomPath.of(pointer)).withMessageContaining(pointer);
	}

}
