package io.nanogame.cluster.node;

import java.util.Map;
import java.util.Set;

import io.nanogame.cluster.node.NumberCheck.Start;
import io.nanogame.node.Node;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes with one number, whose clocks show any time.
 */
class NumberCheckTests {

	private static Node node(String id) {
		return new Node(id, id, "", Map.of(), Set.of(), Set.of(), Set.of(), Set.of(), true, false, 0);
	}

	@ParameterizedTest
	@CsvSource({ "1000, 2000, 1, 2, true", "2000, 1000, 1, 2, false", "1000, 1000, 1, 2, true",
			"1000, 1000, 2, 1, false", "-5, 9223372036854775807, 2, 1, true", "1, 0, -9, 9, false" })
	void exactlyOneHasToRestart(long millis, long otherMillis, long random, long otherRandom, boolean isOther) {
		Start start = new Start(millis, random);
		Start otherStart = new Start(otherMillis, otherRandom);
		NumberCheck check = new NumberCheck("gate-7f", start);
		NumberCheck otherCheck = new NumberCheck("room-7f", otherStart);
		assertThat(check.collides(node("room-7f"), otherStart)).isTrue();
		assertThat(otherCheck.collides(node("gate-7f"), start)).isTrue();
		assertThat(check.other() == null).isEqualTo(isOther);
		assertThat(otherCheck.other() == null).isNotEqualTo(isOther);
	}

}
