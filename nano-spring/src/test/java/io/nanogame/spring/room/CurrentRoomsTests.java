package io.nanogame.spring.room;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.node.SessionRouting;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.Connection;
import io.nanogame.session.Introduction;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a session knows of its rooms, while these move and orders arrive late.
 */
class CurrentRoomsTests {

	private final Session session = SessionRegistry
		.of(new Sessions(new Payloads(new JsonSerializer(JsonMapper.shared())), Runnable::run))
		.create(unused(), Introduction.UNKNOWN);

	/** The bindings of the session, the newest one last. */
	private final List<String> bound = new ArrayList<>();

	private final SessionRouting routing = (of, component, node) -> this.bound.add(component + " " + node);

	private static Connection unused() {
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> null);
	}

	private void enter(String room, String node) {
		CurrentRooms.enter(this.session, "pond", room, node, this.routing);
	}

	private boolean move(String room, String node, long epoch) {
		return CurrentRooms.move(this.session, "pond", new RoomPlace(room, node, epoch), this.routing);
	}

	private RoomPlace place() {
		return CurrentRooms.place(this.session, "pond");
	}

	@Test
	void itsMessagesGoToTheNodeOfTheRoom() {
		enter("r1", "one");
		assertThat(this.bound).containsExactly("pond one");
		assertThat(CurrentRooms.find(this.session, "pond")).isEqualTo("r1");
		assertThat(CurrentRooms.of(this.session)).containsOnlyKeys("pond");
		CurrentRooms.remove(this.session, "pond", "r1", this.routing);
		assertThat(this.bound).containsExactly("pond one", "pond ");
		assertThat(place()).isEqualTo(RoomPlace.NONE);
	}

	@Test
	void theyFollowTheRoom() {
		enter("r1", "one");
		assertThat(move("r1", "two", 2)).isTrue();
		assertThat(place()).isEqualTo(new RoomPlace("r1", "two", 2));
		assertThat(this.bound).containsExactly("pond one", "pond two");
	}

	@Test
	void aRepeatedOrderBindsNothing() {
		enter("r1", "one");
		move("r1", "two", 2);
		assertThat(move("r1", "two", 2)).as("whether its message is sent").isTrue();
		assertThat(this.bound).containsExactly("pond one", "pond two");
	}

	@Test
	void aLateOrderOfAnAttemptThatWasGivenUpIsIgnored() {
		enter("r1", "one");
		assertThat(move("r1", "one", 3)).isTrue();
		assertThat(move("r1", "two", 2)).isFalse();
		assertThat(place()).isEqualTo(new RoomPlace("r1", "one", 3));
	}

	@Test
	void aSessionThatEntersItsRoomAgainKeepsTheEpoch() {
		enter("r1", "one");
		move("r1", "two", 2);
		enter("r1", "two");
		assertThat(place()).isEqualTo(new RoomPlace("r1", "two", 2));
	}

	@Test
	void anOrderForAnotherRoomIsIgnored() {
		assertThat(move("r1", "two", 2)).isFalse();
		enter("r2", "one");
		assertThat(move("r1", "two", 2)).isFalse();
		assertThat(place()).isEqualTo(new RoomPlace("r2", "one", 0));
	}

}
