package io.nanogame.sample.chat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A crowd in the chat on two gates and two chat nodes, some of which end. The properties
 * {@code restart.clients}, {@code restart.rate} in messages per second, and
 * {@code restart.rolls} scale the rolling restart and the end of a gate. A fifth of the
 * clients is added that cannot resume.
 */
class CrowdTests {

	private static final int CLIENTS = 40;

	private static final int RATE = 400;

	private static final int ALL_CLIENTS = Integer.getInteger("restart.clients", CLIENTS);

	private static final int FULL_RATE = Integer.getInteger("restart.rate", RATE);

	private static final int ROLLS = Integer.getInteger("restart.rolls", 1);

	private static ChatCluster cluster;

	@BeforeAll
	static void start() {
		cluster = new ChatCluster(List.of("--spring.profiles.include=crowd", "--nano.session.login=continue"));
		cluster.awaitStarted();
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Test
	void requestsToAKilledChatNodeFailAndLaterOnesSucceed() throws Exception {
		ChatNode victim = cluster.chats.get(0);
		try (Crowd crowd = new Crowd(cluster.balancer.port(), CLIENTS, RATE, false)) {
			crowd.talk();
			crowd.awaitConfirmed(10);
			victim.kill();
			crowd.awaitConfirmed(20);
			crowd.finish();
			for (Losses losses : report("kill -9 of a chat node", crowd)) {
				assertThat(losses.outcomes().keySet()).isSubsetOf(Chatter.OK, "503", "408");
				assertThat(losses.missed()).isZero();
				assertThat(losses.twice()).isZero();
				assertThat(losses.absences()).isEmpty();
			}
		}
		victim.restart();
	}

	/**
	 * The sessions of a killed gate are lost, and so may be what is under way. The seats
	 * of their players in rooms are not, and members with a session miss no message.
	 */
	@Test
	void playersOfAKilledGateKnowWhatIsUnknownAndTakeTheirSeatsAgainAtTheOther() throws Exception {
		ChatNode victim = cluster.gates.get(0);
		try (Crowd crowd = new Crowd(cluster.balancer.port(), ALL_CLIENTS, FULL_RATE, true)) {
			crowd.talk();
			crowd.awaitConfirmed(3);
			long sat = cluster.countOnChats(Bench.SAT, "");
			long stoodUp = cluster.countOnChats(Bench.STOOD_UP, "");
			victim.kill();
			crowd.awaitConfirmed(5);
			crowd.finish();
			int lost = 0;
			for (Losses losses : report("kill -9 of a gate", crowd)) {
				assertThat(losses.outcomes().keySet()).isSubsetOf(Chatter.OK, "503", "408", "409", Chatter.UNKNOWN,
						Chatter.DISCONNECTED);
				assertThat(losses.missed()).isZero();
				assertThat(losses.twice()).isZero();
				lost += losses.absences().size();
			}
			assertThat(lost).isBetween(crowd.size() / 4, crowd.size() * 3 / 4);
			assertThat(crowd.resumed()).isZero();
			assertThat(crowd.kicked()).isZero();
			assertThat(crowd.benches()).isEqualTo(crowd.size() + lost);
			assertThat(cluster.countOnChats(Bench.SAT, "")).isEqualTo(sat);
			assertThat(cluster.countOnChats(Bench.STOOD_UP, "")).isEqualTo(stoodUp);
		}
		victim.restart();
	}

	@Test
	void playersNoticeNothingOfARollingRestart() throws Exception {
		List<ChatNode> nodes = List.of(cluster.gates.get(0), cluster.chats.get(0), cluster.gates.get(1),
				cluster.chats.get(1));
		try (Crowd crowd = new Crowd(cluster.balancer.port(), ALL_CLIENTS, FULL_RATE, false)) {
			crowd.talk();
			crowd.awaitConfirmed(3);
			Map<String, Long> logins = counts(Crowd.RESUMING, Visitors.VALIDATED, Visitors.BOUND, Visitors.CLOSED);
			Map<String, Long> oldSessions = counts(Crowd.OLD, Visitors.BOUND, Visitors.CLOSED);
			for (int roll = 0; roll < ROLLS; roll++) {
				for (ChatNode node : nodes) {
					node.stop();
					node.restart();
					crowd.awaitConfirmed(3);
				}
			}
			crowd.finish();
			List<Losses> losses = report("rolling restart", crowd);
			System.out.printf("chat: %,d sessions were resumed, %,d continued by logins%n", crowd.resumed(),
					crowd.continued());
			assertThat(losses.get(0).outcomes()).containsOnlyKeys(Chatter.OK);
			assertThat(losses.get(1).outcomes().keySet()).isSubsetOf(Chatter.OK, Chatter.UNKNOWN, Chatter.DISCONNECTED);
			for (Losses each : losses) {
				assertThat(each.missed()).isZero();
				assertThat(each.twice()).isZero();
				assertThat(each.absences()).isEmpty();
			}
			assertThat(counts(Crowd.RESUMING, Visitors.VALIDATED, Visitors.BOUND, Visitors.CLOSED)).isEqualTo(logins);
			assertThat(counts(Crowd.OLD, Visitors.BOUND, Visitors.CLOSED)).isEqualTo(oldSessions);
			assertThat(crowd.announcements()).isZero();
			assertThat(crowd.kicked()).isZero();
			// Each stop of a gate moves what it has; after the last one of a roll, all.
			assertThat(crowd.resumed()).isGreaterThanOrEqualTo(ALL_CLIENTS * ROLLS);
			assertThat(crowd.continued()).isGreaterThanOrEqualTo(crowd.old() * ROLLS);
		}
	}

	/** Returns how often events of visitors with a name were logged by the gates. */
	private static Map<String, Long> counts(String names, String... events) {
		return Stream.of(events)
			.collect(Collectors.toMap(Function.identity(), (event) -> cluster.countOnGates(event, names)));
	}

	/** Prints and returns the losses of members that resume, and of those that cannot. */
	private static List<Losses> report(String what, Crowd crowd) {
		List<Losses> losses = List.of(crowd.lossesOfResuming(), crowd.lossesOfOld());
		System.out.println("chat: " + what + ", clients that resume: " + losses.get(0));
		System.out.println("chat: " + what + ", clients that cannot: " + losses.get(1));
		return losses;
	}

}
