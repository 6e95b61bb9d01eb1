package io.nanogame.cluster.handover;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * To which gateways a gateway that stops offers its sessions without a connection.
 */
class ParkingTests {

	@Test
	void sessionsAreSpreadOverTheOtherGateways() {
		List<String> targets = List.of("a", "b", "c");
		int[] counts = new int[3];
		for (long session = 1L << 40; session < (1L << 40) + 3000; session++) {
			counts[targets.indexOf(Parking.target(session, 0, targets))]++;
		}
		assertThat(counts[0]).isBetween(800, 1200);
		assertThat(counts[1]).isBetween(800, 1200);
		assertThat(counts[2]).isBetween(800, 1200);
	}

	@Test
	void eachAttemptGoesToAnotherGateway() {
		List<String> targets = List.of("a", "b", "c");
		Set<String> tried = new HashSet<>();
		for (int attempt = 0; attempt < targets.size(); attempt++) {
			tried.add(Parking.target(7, attempt, targets));
		}
		assertThat(tried).containsExactlyInAnyOrderElementsOf(targets);
		assertThat(Parking.target(7, 3, targets)).isEqualTo(Parking.target(7, 0, targets));
	}

	@Test
	void aSingleOtherGatewayReceivesEachAttempt() {
		assertThat(Parking.target(-7, 0, List.of("a"))).isEqualTo("a");
		assertThat(Parking.target(-7, Integer.MAX_VALUE, List.of("a"))).isEqualTo("a");
	}

}
