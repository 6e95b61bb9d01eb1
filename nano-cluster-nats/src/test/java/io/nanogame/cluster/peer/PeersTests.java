package io.nanogame.cluster.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.cluster.bus.memory.MemoryNetwork;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.FrameCodec;
import io.nanogame.cluster.frame.FrameReceiver;
import io.nanogame.cluster.frame.GatewayFrame.Push;
import io.nanogame.cluster.frame.OtherForms;
import io.nanogame.cluster.frame.PeerReconnected;
import io.nanogame.cluster.frame.UserFrame.UserPush;
import io.nanogame.cluster.peer.Versions;
import io.nanogame.memory.GameThreads;
import io.nanogame.memory.ManualTime;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PeersTests {

	private static final Payloads PAYLOADS = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private static final int MANY = 2000;

	private final GameThreads threads = new GameThreads();

	private final ManualTime time = new ManualTime(this.threads);

	private final MemoryNetwork network = new MemoryNetwork(this.time, this.threads.executor());

	private final Peers gate = peers("gate-1");

	private final Peers room = peers("room-1");

	private final List<String> received = new CopyOnWriteArrayList<>();

	private Peers peers(String id) {
		return peers(id, Versions.OWN);
	}

	private Peers peers(String id, Versions versions) {
		MemoryBus bus = this.network.connect();
		return new Peers(id, bus, bus.newReader(), new Subjects("test", id), new FrameCodec(PAYLOADS), versions,
				this.time);
	}

	@BeforeEach
	void listen() {
		FrameReceiver receiver = (from, frame) -> {
			if (frame instanceof Push push) {
				this.received.add(push.route());
			}
			else if (frame instanceof UserPush push) {
				this.received.add(push.route());
			}
		};
		this.gate.listen(receiver, (lost) -> this.received.add("lost " + lost),
				(missed) -> this.received.add("missed " + missed));
		this.gate.listen(Topics.user("ann"), receiver);
		this.room.listen((from, frame) -> {
		}, (lost) -> this.received.add("lost " + lost), (missed) -> this.received.add("missed " + missed));
	}

	@AfterEach
	void stop() {
		this.threads.close();
	}

	private void toGate(String route) {
		this.room.to("gate-1").send(new Push(1, route, new byte[0], ""));
	}

	private void toAnn(String route) {
		this.room.publish(Topics.user("ann"),
				new UserPush("ann", route, new byte[0], Set.of(), OtherForms.of(List.of()), 1));
	}

	private void deliver() {
		this.time.advance(Duration.ofSeconds(1));
	}

	private void loseAll() {
		this.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				return LOST;
			}

		});
	}

	@Test
	void theEndOfAMessageFollowsItsFrames() {
		Peers lobby = peers("lobby-1");
		lobby.listen(new FrameReceiver() {

			@Override
			public void receive(String from, Frame frame) {
				PeersTests.this.received.add("frame");
			}

			@Override
			public void endOfMessage() {
				PeersTests.this.received.add("end");
			}

		}, (lost) -> {
		}, (missed) -> {
		});
		Outbox outbox = this.room.to("lobby-1");
		outbox.add(new Push(1, "first", new byte[0], ""));
		outbox.add(new Push(1, "second", new byte[0], ""));
		this.room.flush();
		outbox.send(new Push(1, "third", new byte[0], ""));
		deliver();
		assertThat(this.received).containsExactly("frame", "frame", "end", "frame", "end");
	}

	@Test
	void framesForANodeAndForASubjectKeepTheirOrder() {
		for (int i = 0; i < 10; i++) {
			toGate("node" + i);
			toAnn("user" + i);
		}
		deliver();
		assertThat(this.received).containsExactlyElementsOf(
				IntStream.range(0, 20).mapToObj((i) -> ((i % 2 == 0) ? "node" : "user") + i / 2).toList());
	}

	@Test
	void eachThreadKeepsItsOrderAmongOthers() throws InterruptedException {
		List<Thread> senders = new ArrayList<>();
		for (int sender = 0; sender < 4; sender++) {
			String name = sender + " ";
			senders.add(new Thread(() -> {
				for (int i = 0; i < MANY; i += 2) {
					toGate(name + i);
					toAnn(name + (i + 1));
				}
			}));
		}
		senders.forEach(Thread::start);
		for (Thread sender : senders) {
			sender.join();
		}
		deliver();
		assertThat(this.received).hasSize(4 * MANY);
		for (int sender = 0; sender < 4; sender++) {
			String name = sender + " ";
			assertThat(this.received.stream().filter((route) -> route.startsWith(name)))
				.containsExactlyElementsOf(IntStream.range(0, MANY).mapToObj((i) -> name + i).toList());
		}
	}

	@Test
	void aLostMessageIsNoticedWithTheNextOne() {
		toGate("first");
		loseAll();
		toGate("lost");
		this.network.setFaults(Faults.NONE);
		toGate("third");
		deliver();
		assertThat(this.received).containsExactly("first", "missed room-1", "third");
	}

	@Test
	void aLostLastMessageIsNoticedByACheck() {
		loseAll();
		toGate("lost");
		this.room.sendChecks((id) -> true);
		this.network.setFaults(Faults.NONE);
		this.room.sendChecks((id) -> true);
		deliver();
		assertThat(this.received).containsExactly("missed room-1");
	}

	@Test
	void aCheckIsRepeatedUntilItIsConfirmed() {
		toGate("first");
		loseAll();
		this.room.sendChecks((id) -> true);
		this.network.setFaults(Faults.NONE);
		this.room.sendChecks((id) -> true);
		deliver();
		long published = this.network.published();
		this.room.sendChecks((id) -> true);
		this.gate.sendChecks((id) -> true);
		assertThat(this.network.published()).isEqualTo(published);
		assertThat(this.received).containsExactly("first");
	}

	@Test
	void aNodeThatIsGoneReceivesNoChecks() {
		loseAll();
		toGate("lost");
		this.network.setFaults(Faults.NONE);
		this.room.sendChecks((id) -> false);
		deliver();
		assertThat(this.received).isEmpty();
	}

	@Test
	void aCheckWithoutALossIsNotNoticed() {
		toGate("first");
		this.room.sendChecks((id) -> true);
		toGate("second");
		this.room.sendChecks((id) -> true);
		deliver();
		assertThat(this.received).containsExactly("first", "second");
	}

	@Test
	void aNodeThatWasForgottenBeginsAnew() {
		toGate("first");
		deliver();
		this.gate.forget("room-1");
		toGate("second");
		deliver();
		this.room.forget("gate-1");
		toGate("third");
		deliver();
		assertThat(this.received).containsExactly("first", "missed room-1", "second", "missed room-1", "third");
	}

	@Test
	void aLossIsNoticedAlsoIfTheNodeWasForgottenBefore() {
		toGate("first");
		deliver();
		this.room.forget("gate-1");
		loseAll();
		toGate("lost");
		this.network.setFaults(Faults.NONE);
		toGate("third");
		deliver();
		assertThat(this.received).containsExactly("first", "missed room-1", "third");
	}

	@Test
	void lateFramesOfANodeThatIsGoneLeaveNothing() {
		toGate("first");
		this.gate.to("room-1").send(new PeerReconnected());
		deliver();
		this.gate.forget("room-1");
		toGate("late");
		deliver();
		this.gate.to("room-1").send(new PeerReconnected());
		long second = Duration.ofSeconds(1).toNanos();
		this.gate.forgetAbsent((id) -> false, 0, second);
		assertThat(this.gate.known()).containsExactly("room-1");
		this.gate.forgetAbsent((id) -> false, second, second);
		assertThat(this.gate.known()).isEmpty();
	}

	@Test
	void aNodeThatIsUpIsNotForgotten() {
		toGate("first");
		deliver();
		for (int i = 0; i < 5; i++) {
			this.gate.forgetAbsent((id) -> true, i, 1);
		}
		assertThat(this.gate.known()).containsExactly("room-1");
	}

	@Test
	void aNodeThatIsNotSubscribedIsReported() {
		this.room.to("hall-1").send(new PeerReconnected());
		deliver();
		assertThat(this.received).containsExactly("lost hall-1");
	}

	private static Versions shifted(int oldest, int newest) {
		return new Versions(Versions.OWN.oldest() + oldest, Versions.OWN.newest() + newest);
	}

	@Test
	void nodesUseTheNewestVersionThatBothSupport() {
		Peers later = peers("later-1", shifted(0, 2));
		later.setVersions("gate-1", Versions.OWN);
		later.to("gate-1").send(new Push(1, "to the node", new byte[0], ""));
		later.publish(Topics.user("ann"),
				new UserPush("ann", "to the player", new byte[0], Set.of(), OtherForms.of(List.of()), 1));
		deliver();
		assertThat(this.received).containsExactly("to the node", "to the player");
	}

	@Test
	void aNodeWhoseVersionsAreUnknownReceivesTheOldestOne() {
		peers("later-1", shifted(0, 2)).to("gate-1").send(new Push(1, "to the node", new byte[0], ""));
		deliver();
		assertThat(this.received).containsExactly("to the node");
	}

	@Test
	void aTopicHasTheVersionThatAllNodesRead() {
		Peers middle = peers("middle-1", shifted(0, 1));
		Versions newer = new Versions(Versions.OWN.newest() + 1, Versions.OWN.newest() + 2);
		Peers later = peers("later-1", newer);
		List<String> receivedLater = new CopyOnWriteArrayList<>();
		later.listen(Topics.user("ann"), (from, frame) -> receivedLater.add(from));
		middle.setVersions("later-1", newer);
		middle.publish(Topics.user("ann"),
				new UserPush("ann", "newer", new byte[0], Set.of(), OtherForms.of(List.of()), 1));
		middle.setVersions("gate-1", Versions.OWN);
		middle.publish(Topics.user("ann"),
				new UserPush("ann", "older", new byte[0], Set.of(), OtherForms.of(List.of()), 1));
		middle.forget("gate-1");
		middle.publish(Topics.user("ann"),
				new UserPush("ann", "newer", new byte[0], Set.of(), OtherForms.of(List.of()), 1));
		deliver();
		assertThat(this.received).containsExactly("older");
		assertThat(receivedLater).hasSize(2);
	}

	@Test
	void allNodesThatAreUpSupportAVersion() {
		int newest = Versions.OWN.newest();
		CommonVersions versions = this.gate.versions();
		assertThat(versions.areAllAtLeast(newest)).isTrue();
		this.gate.setVersions("later-1", shifted(0, 1));
		assertThat(versions.areAllAtLeast(newest)).isTrue();
		assertThat(versions.areAllAtLeast(newest + 1)).isFalse();
		this.gate.setVersions("earlier-1", shifted(0, -1));
		assertThat(versions.areAllAtLeast(newest)).isFalse();
		assertThat(versions.areAllAtLeast(newest - 1)).isTrue();
		this.gate.forget("earlier-1");
		assertThat(versions.areAllAtLeast(newest)).isTrue();
	}

	@Test
	void aNodeThatIsReplacedByOneOfALaterVersionSupportsThat() {
		this.gate.setVersions("room-1", shifted(0, -1));
		this.gate.setVersions("room-1", Versions.OWN);
		assertThat(this.gate.versions().areAllAtLeast(Versions.OWN.newest())).isTrue();
	}

	@Test
	void aNodeOfAnEarlierVersionDoesNotSupportALaterOne() {
		Peers earlier = peers("earlier-1", shifted(0, -1));
		assertThat(earlier.versions().areAllAtLeast(Versions.OWN.newest())).isFalse();
	}

	@Test
	void aFrameThatIsTooLongIsRejectedAndNoMessageIsMissed() {
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> this.room.to("gate-1").send(new byte[(int) this.room.maxPayload()]));
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> this.room.publish(Topics.user("ann"), new UserPush("ann", "onNews",
					new byte[(int) this.room.maxPayload()], Set.of(), OtherForms.of(List.of()), 1)));
		toGate("fits");
		deliver();
		assertThat(this.received).containsExactly("fits");
	}

}
