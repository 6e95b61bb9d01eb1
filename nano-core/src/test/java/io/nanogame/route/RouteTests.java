package io.nanogame.route;

import io.nanogame.lane.Lane;
import io.nanogame.observe.HandlerObserver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTests {

	private final TestSessions sessions = new TestSessions();

	private final Session session = this.sessions.open();

	private final SessionHandle handle = SessionHandle.of(this.session);

	private final Lane room = new Lane("room", this.sessions.workers, 10);

	private final Lane battle = new Lane("battle", this.sessions.workers, 10);

	private final RouteHandler handler = (request) -> "result";

	private final Route route = Route.of("room.join", this.handler);

	@Test
	void aHandlerMayBlockByDefault() {
		assertThat(this.route.threading()).isEqualTo(Threading.LANE);
		assertThat(this.route.concurrent()).isFalse();
		assertThat(this.route.lane()).isNull();
		assertThat(this.route.bodies().reader()).isNull();
		assertThat(this.route.bodies().writer()).isNull();
		assertThat(this.route.observer()).isNull();
	}

	@Test
	void eachMethodChangesOneProperty() {
		HandlerObserver observer = (session, outcome, nanos) -> {
		};
		Route refined = this.route.from("RoomComponent.join")
			.reading((body) -> "read")
			.writing((value) -> new byte[] { 1 })
			.on(Threading.EVENT_LOOP)
			.on(this.battle)
			.concurrent(true)
			.observedBy(observer);
		assertThat(refined.name()).isEqualTo("room.join");
		assertThat(refined.handler()).isSameAs(this.handler);
		assertThat(refined.origin()).isEqualTo("RoomComponent.join");
		assertThat(refined.bodies().reader().read(new byte[0])).isEqualTo("read");
		assertThat(refined.bodies().writer().write("value")).containsExactly(1);
		assertThat(refined.threading()).isEqualTo(Threading.EVENT_LOOP);
		assertThat(refined.lane()).isEqualTo(LaneSelector.of(this.battle));
		assertThat(refined.concurrent()).isTrue();
		assertThat(refined.observer()).isSameAs(observer);
		RouteHandler around = (request) -> "around";
		assertThat(refined.wrapped((inner) -> around)).isEqualTo(new Route("room.join", "RoomComponent.join", around,
				refined.bodies(), Threading.EVENT_LOOP, LaneSelector.of(this.battle), true, observer));
	}

	@Test
	void aHandlerRunsOnTheLaneThatIsSelectedForItsSession() {
		LaneSelector selector = (session) -> (session == this.handle.session()) ? this.battle : null;
		assertThat(this.route.on(selector).executor(this.handle)).isSameAs(this.battle);
		LaneSelector none = (session) -> null;
		assertThat(this.route.on(none).executor(this.handle)).isSameAs(this.sessions.workers);
	}

	@Test
	void aHandlerThatMayBlockRunsOnTheWorkers() {
		assertThat(this.route.executor(this.handle)).isSameAs(this.sessions.workers);
	}

	@Test
	void aHandlerThatDoesNotBlockRunsOnTheSessionsLoop() {
		assertThat(this.route.on(Threading.EVENT_LOOP).executor(this.handle)).isSameAs(this.sessions.loop);
	}

	@Test
	void aMessageOfAMovedSessionIsHandledOnItsLane() {
		this.session.moveTo(this.room);
		assertThat(this.route.executor(this.handle)).isSameAs(this.room);
		assertThat(this.route.on(Threading.EVENT_LOOP).executor(this.handle)).isSameAs(this.room);
	}

	@Test
	void theLaneOfAComponentTakesPrecedence() {
		this.session.moveTo(this.room);
		assertThat(this.route.on(this.battle).executor(this.handle)).isSameAs(this.battle);
		assertThat(this.route.on(Threading.EVENT_LOOP).on(this.battle).executor(this.handle)).isSameAs(this.battle);
	}

}
