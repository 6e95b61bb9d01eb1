package io.nanogame.spring.room;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.memory.ManualTime;
import io.nanogame.node.Node;
import io.nanogame.node.SessionRouting;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.Connection;
import io.nanogame.session.Introduction;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.spring.OtherNodes;
import io.nanogame.spring.room.RoomGate.Order;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rooms of nodes that go down, in virtual time, and the orders of rooms that move
 * meanwhile.
 */
class LostRoomsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(4);

	private final ManualTime time = new ManualTime(() -> {
	});

	private final OtherNodes nodes = new OtherNodes();

	private final Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private final RoomParts parts = new RoomParts(new Lanes(Runnable::run, 100),
			new Timers(Runnable::run, Duration.ofMillis(10), this.time), JsonMapper.shared(),
			new ClientMessages(this.payloads), RoomObserver.NONE, RoomPlacement.LEAST_SESSIONS,
			new RoomParts.Network(() -> {
				throw new IllegalStateException();
			}, () -> {
				throw new IllegalStateException();
			}, () -> this.nodes, () -> SessionRouting.LOCAL));

	private final Sessions sessions = new Sessions(this.payloads, Runnable::run);

	private final Session session = SessionRegistry.of(this.sessions).create(unused(), Introduction.UNKNOWN);

	private final List<String> lost = new ArrayList<>();

	private final MoveOrders orders = new MoveOrders(this.parts);

	private final LostRooms rooms = new LostRooms(this.parts, () -> this.sessions,
			List.of((of, kind, room) -> this.lost.add(kind + " " + room)), this.orders);

	private static Connection unused() {
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> null);
	}

	@BeforeEach
	void enter() {
		SessionRegistry.of(this.sessions).open(this.session);
		this.nodes.add("one", "pond", "rooms");
		this.nodes.add("two", "pond", "rooms");
		CurrentRooms.enter(this.session, "pond", "r1", "one", SessionRouting.LOCAL);
	}

	private Order order(String node, long epoch) {
		return new Order("pond", "r1", node, epoch, List.of(), List.of(), "one");
	}

	/** A gateway receives an order. */
	private void move(String node, long epoch) {
		Order order = order(node, epoch);
		this.orders.add(order);
		CurrentRooms.move(this.session, "pond", order.place(), SessionRouting.LOCAL);
		this.rooms.routedTo(node);
	}

	private void down(String node, String... others) {
		Node gone = this.nodes.find(node).orElseThrow();
		this.nodes.clear();
		for (String other : others) {
			this.nodes.add(other, "pond", "rooms");
		}
		this.rooms.down(gone);
	}

	@Test
	void aRoomIsLostAtOnceWithItsNode() {
		down("two", "one");
		assertThat(this.lost).isEmpty();
		down("one");
		assertThat(this.lost).containsExactly("pond r1");
		this.time.advance(PATIENCE);
		assertThat(this.lost).hasSize(1);
	}

	@Test
	void aRoomWhoseNextNodeIsDownStaysIfItsNodeOrdersIt() {
		move("two", 1);
		down("two", "one");
		this.time.advance(PATIENCE.dividedBy(2));
		move("one", 2);
		this.time.advance(PATIENCE);
		assertThat(this.lost).isEmpty();
	}

	@Test
	void aRoomThatHadMovedToTheNodeIsLostAfterThePatience() {
		move("two", 1);
		down("two", "one");
		this.time.advance(PATIENCE.minusMillis(100));
		assertThat(this.lost).isEmpty();
		this.time.advance(Duration.ofMillis(200));
		assertThat(this.lost).containsExactly("pond r1");
	}

	@Test
	void aRoomIsLostAtOnceIfItsFormerNodeIsDownToo() {
		move("two", 1);
		down("one", "two");
		assertThat(this.lost).isEmpty();
		down("two");
		assertThat(this.lost).containsExactly("pond r1");
	}

	@Test
	void aRoomThatMovedLongAgoIsLostAtOnce() {
		move("two", 1);
		this.time.advance(Duration.ofSeconds(61));
		down("two", "one");
		assertThat(this.lost).containsExactly("pond r1");
	}

	@Test
	void aRoomIsLostIfItsNodeIsDownWhenItsOrderToStayArrives() {
		move("two", 1);
		down("one", "two");
		move("one", 2);
		assertThat(this.lost).containsExactly("pond r1");
	}

	@Test
	void aNodeThatReturnsInTimeHasItsRooms() {
		move("two", 1);
		down("two", "one");
		this.nodes.add("two", "pond", "rooms");
		this.rooms.up(this.nodes.find("two").orElseThrow());
		this.time.advance(PATIENCE.multipliedBy(2));
		assertThat(this.lost).isEmpty();
	}

}
