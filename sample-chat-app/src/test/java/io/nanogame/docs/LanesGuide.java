package io.nanogame.docs;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lane;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timer;
import io.nanogame.lane.Timers;
import io.nanogame.server.ComponentLifecycle;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;

// tag::component[]
@GameComponent(name = "bank", lane = "bank")
class Bank {

	private final Map<String, Integer> accounts = new HashMap<>(); // needs no lock

	@Handler
	int deposit(Deposit deposit) {
		return this.accounts.merge(deposit.account(), deposit.coins(), Integer::sum);
	}

}

record Deposit(String account, int coins) {
}
// end::component[]

// tag::room[]
@GameComponent("hunt") // no lane of its own: runs on the session's lane
class Hunts {

	private final Sessions sessions;

	private final Lanes lanes;

	private final Groups groups;

	private final Timers timers;

	Hunts(Sessions sessions, Lanes lanes, Groups groups, Timers timers) {
		this.sessions = sessions;
		this.lanes = lanes;
		this.groups = groups;
		this.timers = timers;
	}

	@Handler
	long begin(Session host) {
		Hunt hunt = new Hunt(this.lanes.create("hunt"), this.groups.create("hunt/" + host.id()), this.timers);
		enter(host, hunt);
		host.onClose((closed) -> hunt.end()); // also on the lane
		return host.id();
	}

	@Handler
	void join(Session session, long host) {
		this.sessions.find(host)
			.map((found) -> found.attributes().get("hunt", Hunt.class))
			.ifPresent((hunt) -> enter(session, hunt));
	}

	@Handler
	int shoot(Session session) {
		return Objects.requireNonNull(session.attributes().get("hunt", Hunt.class)).shoot();
	}

	private static void enter(Session session, Hunt hunt) {
		session.attributes().setLocal("hunt", hunt); // a live object stays on this node
		session.moveTo(hunt.lane); // its next messages are handled there
		hunt.lane.execute(() -> hunt.hunters.add(session));
	}

}

/** Everything here happens on the lane: no lock, and tick() never meets shoot(). */
class Hunt {

	final Lane lane;

	final Group hunters;

	private final Timer clock;

	private int bears = 100;

	Hunt(Lane lane, Group hunters, Timers timers) {
		this.lane = lane;
		this.hunters = hunters;
		this.clock = timers.every(Duration.ofMillis(50), lane, this::tick);
	}

	private void tick() {
		this.hunters.broadcast("onBears", ++this.bears);
	}

	int shoot() {
		return --this.bears;
	}

	void end() {
		this.clock.cancel();
		this.hunters.close();
	}

}
// end::room[]

// tag::timers[]
@GameComponent("bell")
class Bell implements ComponentLifecycle {

	private final Timers timers;

	private final Groups groups;

	Bell(Timers timers, Groups groups) {
		this.timers = timers;
		this.groups = groups;
	}

	@Override
	public void afterInit() { // before the first client
		this.timers.every(Duration.ofHours(1), () -> ring("ding"));
	}

	@Handler
	void subscribe(Session session) {
		this.groups.get("bell").add(session);
		this.timers.after(Duration.ofMillis(100), () -> ring("dong"));
		this.timers.count(Duration.ofMillis(100), 3, () -> ring("tick"));
	}

	private void ring(String sound) {
		this.groups.get("bell").broadcast("onBell", sound);
	}

}
// end::timers[]
