package io.nanogame.client;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of merge patches and of the parts that two states share. */
class RoomTreeTests {

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text.replace('\'', '"'));
	}

	/** The table in the appendix of RFC 7396. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{'a':'b'}         | {'a':'c'}                | {'a':'c'}
			{'a':'b'}         | {'b':'c'}                | {'a':'b','b':'c'}
			{'a':'b'}         | {'a':null}               | {}
			{'a':'b','b':'c'} | {'a':null}               | {'b':'c'}
			{'a':['b']}       | {'a':'c'}                | {'a':'c'}
			{'a':'c'}         | {'a':['b']}              | {'a':['b']}
			{'a':{'b':'c'}}   | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}
			{'a':[{'b':'c'}]} | {'a':[1]}                | {'a':[1]}
			['a','b']         | ['c','d']                | ['c','d']
			{'a':'b'}         | ['c']                    | ['c']
			{'a':'foo'}       | null                     | null
			{'a':'foo'}       | 'bar'                    | 'bar'
			{'e':null}        | {'a':1}                  | {'e':null,'a':1}
			[1,2]             | {'a':'b','c':null}       | {'a':'b'}
			{}                | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}
			""")
	void aMergePatchHasTheResultsOfTheRfc(String target, String patch, String result) {
		assertThat(RoomTree.merge(json(target), json(patch))).isEqualTo(json(result));
	}

	@Test
	void aPatchDoesNotModifyItsTargetAndSharesWhatItDoesNotChange() {
		JsonNode target = json("{'changed':{'deep':{'n':1},'kept':{'n':2}},'kept':[{'n':3}]}");
		JsonNode before = target.deepCopy();
		JsonNode result = RoomTree.merge(target, json("{'changed':{'deep':{'n':4}}}"));
		assertThat(target).isEqualTo(before);
		assertThat(result).isEqualTo(json("{'changed':{'deep':{'n':4},'kept':{'n':2}},'kept':[{'n':3}]}"));
		assertThat(result.get("changed").get("kept")).isSameAs(target.get("changed").get("kept"));
		assertThat(result.get("kept")).isSameAs(target.get("kept"));
	}

	@Test
	void equalPartsOfAnotherTreeAreReplacedByTheEarlierOnes() {
		JsonNode previous = json("{'same':{'list':[1,{'n':2}]},'items':[{'id':1},{'id':2}],'more':{'a':1,'b':2}}");
		JsonNode next = json("{'same':{'list':[1,{'n':2}]},'items':[{'id':1},{'id':3}],'more':{'a':1},'one':{}}");
		JsonNode expected = next.deepCopy();
		JsonNode result = RoomTree.shareEqualParts(previous, next);
		assertThat(result).isEqualTo(expected);
		assertThat(result.get("same")).isSameAs(previous.get("same"));
		assertThat(result.get("items").get(0)).isSameAs(previous.get("items").get(0));
		assertThat(result.get("items").get(1)).isNotSameAs(previous.get("items").get(1));
		assertThat(RoomTree.shareEqualParts(previous, previous.deepCopy())).isSameAs(previous);
		assertThat(RoomTree.shareEqualParts(json("[]"), json("{}"))).isEqualTo(json("{}"));
		assertThat(RoomTree.shareEqualParts(null, json("1"))).isEqualTo(json("1"));
	}

	@Test
	void membersAndItemsHaveNames() {
		assertThat(RoomTree.names(json("{'b':1,'a':2,'':3}"))).containsExactly("b", "a", "");
		assertThat(RoomTree.names(json("[5,6]"))).containsExactly("0", "1");
		assertThat(List.of(RoomTree.names(json("'text'")), RoomTree.names(null))).containsOnly(List.of());
		JsonNode array = json("[7]");
		assertThat(RoomTree.member(array, "0")).isEqualTo(json("7"));
		for (String none : List.of("1", "00", "-0", "-", "", "a", "9999999999")) {
			assertThat(RoomTree.member(array, none)).isNull();
		}
		assertThat(RoomTree.member(json("{'0':8}"), "0")).isEqualTo(json("8"));
		assertThat(RoomTree.member(null, "a")).isNull();
	}

	@Test
	void treesMayBeAsDeepAsTheParserAccepts() {
		String deep = "{'a':".repeat(499) + "%s" + "}".repeat(499);
		JsonNode one = json(deep.formatted("1"));
		assertThat(RoomTree.merge(one, json(deep.formatted("2")))).isEqualTo(json(deep.formatted("2")));
		assertThat(RoomTree.shareEqualParts(one, json(deep.formatted("1")))).isSameAs(one);
	}

}
