package io.nanogame.cluster.node;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SilenceTests {

	private static final Duration INTERVAL = Duration.ofSeconds(2);

	private final Silence silence = new Silence(MembershipSettings.of(INTERVAL), seconds(0));

	private static long seconds(double seconds) {
		return (long) (seconds * 1e9);
	}

	/** Once an interval, as it should be. */
	private void hearsItself(double until) {
		for (double now = 0; now <= until; now += 2) {
			this.silence.heardSelf(seconds(now));
		}
	}

	private boolean isDead(String node, double now) {
		return this.silence.tooLong(Set.of(node), seconds(now)).contains(node);
	}

	@Test
	void aNodeIsDeadThreeIntervalsAfterItWasHeardLast() {
		this.silence.heard("room", seconds(10));
		hearsItself(14);
		assertThat(isDead("room", 15.9)).isFalse();
		assertThat(isDead("room", 16)).isTrue();
	}

	@Test
	void aNodeThatWasNeverHeardHasAsLong() {
		this.silence.heardSelf(seconds(4));
		assertThat(isDead("room", 5.9)).isFalse();
		assertThat(isDead("room", 6)).isTrue();
	}

	@Test
	void whileThisNodeDoesNotHearItselfNobodyIsDead() {
		this.silence.heard("room", seconds(1));
		this.silence.heardSelf(seconds(1));
		assertThat(isDead("room", 100)).isFalse();
		this.silence.heardSelf(seconds(101));
		assertThat(isDead("room", 101)).isFalse();
		this.silence.heardSelf(seconds(103));
		this.silence.heardSelf(seconds(105));
		assertThat(isDead("room", 106.9)).isFalse();
		assertThat(isDead("room", 107)).isTrue();
	}

	@Test
	void theFirstSignAfterAPauseIsNotHeldAgainstThoseThatComeBehindIt() {
		this.silence.heard("room", seconds(1));
		this.silence.heardSelf(seconds(1));
		this.silence.heardSelf(seconds(50));
		assertThat(isDead("room", 50)).isFalse();
	}

	@Test
	void silenceBeginsAnewWhenTheConnectionIsBack() {
		this.silence.heard("room", seconds(1));
		hearsItself(6);
		this.silence.wasDeaf(seconds(6));
		hearsItself(10);
		assertThat(isDead("room", 11.9)).isFalse();
		assertThat(isDead("room", 12)).isTrue();
	}

	@Test
	void anAnnouncementThatIsHalfAnIntervalLateIsMissing() {
		this.silence.heard("room", seconds(10));
		this.silence.heard("gate", seconds(12));
		hearsItself(12);
		assertThat(this.silence.late(Set.of("room", "gate"), seconds(12.9))).isEmpty();
		assertThat(this.silence.late(Set.of("room", "gate"), seconds(13))).containsExactly("room");
	}

	@Test
	void noAnnouncementIsMissingWhileThoseOfThisNodeAreLateToo() {
		this.silence.heard("room", seconds(10));
		hearsItself(10);
		assertThat(this.silence.late(Set.of("room"), seconds(13))).isEmpty();
		this.silence.heardSelf(seconds(13));
		assertThat(this.silence.late(Set.of("room"), seconds(13))).containsExactly("room");
	}

	@Test
	void noAnnouncementIsMissingBeforeThoseThatHaveArrivedDuringAPauseAreRead() {
		this.silence.heard("room", seconds(9));
		this.silence.heard("gate", seconds(9));
		hearsItself(10);
		assertThat(this.silence.late(Set.of("room", "gate"), seconds(11.5))).isEmpty();
		assertThat(this.silence.late(Set.of("room", "gate"), seconds(12.5))).isEmpty();
		this.silence.heard("room", seconds(12.6));
		assertThat(this.silence.late(Set.of("room", "gate"), seconds(12.9))).containsExactly("gate");
	}

	@Test
	void aNodeThatIsForgottenBeginsAnew() {
		this.silence.heard("room", seconds(1));
		this.silence.forget("room");
		this.silence.wasDeaf(seconds(5));
		this.silence.heardSelf(seconds(8));
		assertThat(isDead("room", 8)).isFalse();
	}

	@Test
	void allNodesHaveAnnouncedThemselvesAfterAHeartbeatAndItsMargin() {
		this.silence.wasDeaf(seconds(1));
		hearsItself(2);
		assertThat(this.silence.hasHeardAll(seconds(3.4))).isFalse();
		assertThat(this.silence.hasHeardAll(seconds(3.5))).isTrue();
		this.silence.wasDeaf(seconds(3.6));
		assertThat(this.silence.hasHeardAll(seconds(3.7))).isFalse();
	}

	@Test
	void aNodeThatDoesNotHearItselfMayNotKnowAllOthers() {
		this.silence.heardSelf(seconds(1));
		assertThat(this.silence.hasHeardAll(seconds(5))).isTrue();
		assertThat(this.silence.hasHeardAll(seconds(5.1))).isFalse();
	}

	@Test
	void aNodeThatHasNeverBeenConnectedIsDeafAtOnce() {
		this.silence.neverHeard(seconds(1));
		assertThat(this.silence.heardItself(seconds(1))).isFalse();
		this.silence.heardSelf(seconds(2));
		assertThat(this.silence.heardItself(seconds(2))).isTrue();
	}

	@Test
	void aNodeIsDeafWhenItHasNotHeardItselfForThreeIntervals() {
		this.silence.heardSelf(seconds(1));
		assertThat(this.silence.heardItself(seconds(7))).isTrue();
		assertThat(this.silence.heardItself(seconds(7.1))).isFalse();
	}

}
