package io.nanogame.cluster.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.cluster.bus.memory.MemoryNetwork;
import io.nanogame.cluster.frame.FrameCodec;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.peer.Versions;
import io.nanogame.memory.GameThreads;
import io.nanogame.memory.ManualTime;
import io.nanogame.node.Node;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class MembershipTests {

	private static final int NODES = 10;

	private static final Payloads PAYLOADS = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private static final MembershipSettings SETTINGS = MembershipSettings.of(Duration.ofSeconds(2));

	private final GameThreads threads = new GameThreads();

	private final ManualTime time = new ManualTime(this.threads);

	private final MemoryNetwork network = new MemoryNetwork(this.time, this.threads.executor());

	@AfterEach
	void stop() {
		this.threads.close();
	}

	private static Node node(String id, int sessions) {
		return new Node(id, id, "", Map.of(), Set.of(), Set.of(), Set.of(), Set.of(), true, false, sessions);
	}

	private Membership membership(String id, Supplier<Node> self) {
		MemoryBus bus = this.network.connect();
		Subjects subjects = new Subjects("test", id);
		Peers peers = new Peers(id, bus, bus.newReader(), subjects, new FrameCodec(PAYLOADS), Versions.OWN, this.time);
		peers.listen((from, frame) -> {
		}, (lost) -> {
		}, (missed) -> {
		});
		return new Membership(bus, peers, subjects, self, SETTINGS, new Ticker(this.time, this.threads.executor()),
				Runnable::run);
	}

	private Membership start(String id) {
		Membership membership = membership(id, () -> node(id, 0));
		membership.start();
		return membership;
	}

	private List<Membership> startAll() {
		List<Membership> all = new ArrayList<>();
		for (int i = 0; i < NODES; i++) {
			all.add(start("node-" + i));
			this.time.advance(Duration.ofMillis(1));
		}
		return all;
	}

	@Test
	void allNodesKnowEachOther() {
		assertThat(startAll()).allSatisfy((membership) -> assertThat(membership.nodes().ids()).hasSize(NODES - 1));
	}

	@Test
	void eachNodePublishesTwoMessagesAHeartbeat() {
		startAll();
		long before = this.network.published();
		this.time.advance(SETTINGS.heartbeat().multipliedBy(5));
		// One for all others, and one for itself.
		assertThat(this.network.published() - before).isEqualTo(5 * 2 * NODES);
	}

	@Test
	void aStartCostsOneReplyOfEachNode() {
		startAll();
		long before = this.network.published();
		start("late-1");
		this.time.advance(Duration.ofMillis(1));
		assertThat(this.network.published() - before).isEqualTo(2 + NODES);
	}

	@Test
	void ofTwoNodesWithTheSameNumberTheYoungerOneIsNoticed() {
		Membership older = start("room-7f");
		this.time.advance(Duration.ofMillis(1));
		Membership sameName = start("room-7f");
		Membership otherName = start("gate-7f");
		Membership otherNumber = start("room-7");
		this.time.advance(Duration.ofMillis(1));
		assertThat(older.nodeWithSameNumber()).isNull();
		assertThat(otherNumber.nodeWithSameNumber()).isNull();
		assertThat(List.of(sameName, otherName))
			.allSatisfy((younger) -> assertThat(younger.nodeWithSameNumber()).isNotNull());
	}

	@Test
	void anAnnouncementInTheNameOfAnotherNodeIsDropped() {
		Membership room = start("room-1");
		this.network.connect()
			.publish(new Subjects("test", "evil-1").own(Topics.members()),
					new Announcement(Announcement.HELLO, node("gate-1", 0), Versions.OWN, NumberCheck.Start.UNKNOWN, 0)
						.write());
		this.time.advance(Duration.ofMillis(1));
		assertThat(room.nodes().ids()).isEmpty();
	}

	@Test
	void aNodeThatHasStoppedIsNotAnnouncedAnyMore() {
		Membership stopped = start("room-1");
		stopped.close();
		stopped.changed();
		Membership later = start("gate-2");
		this.time.advance(Duration.ofMillis(1));
		assertThat(later.nodes().ids()).isEmpty();
	}

	/** Its description does not contain yet whether it is a gateway. */
	@Test
	void aNodeIsNotAnnouncedBeforeItsStart() {
		Membership other = start("other-2");
		Membership membership = membership("node-1", () -> node("node-1", 0));
		membership.changed();
		this.time.advance(SETTINGS.heartbeat());
		assertThat(other.nodes().ids()).isEmpty();
		membership.start();
		this.time.advance(Duration.ofMillis(1));
		assertThat(other.nodes().ids()).containsExactly("node-1");
	}

	@Test
	void theNewestDescriptionIsPublishedLast() throws InterruptedException {
		Membership other = start("other-2");
		AtomicInteger sessions = new AtomicInteger();
		CountDownLatch reads = new CountDownLatch(1);
		CountDownLatch mayPublish = new CountDownLatch(1);
		Membership membership = membership("node-1", () -> {
			Node now = node("node-1", sessions.get());
			if (now.sessions() == 1) {
				reads.countDown();
				await(mayPublish);
			}
			return now;
		});
		membership.start();
		sessions.set(1);
		Thread first = new Thread(membership::changed);
		first.start();
		reads.await();
		sessions.set(2);
		Thread second = new Thread(membership::changed);
		second.start();
		Awaitility.await().until(() -> second.getState() == Thread.State.BLOCKED || !second.isAlive());
		mayPublish.countDown();
		first.join();
		second.join();
		this.time.advance(Duration.ZERO);
		assertThat(other.nodes().find("node-1")).hasValueSatisfying((node) -> assertThat(node.sessions()).isEqualTo(2));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
