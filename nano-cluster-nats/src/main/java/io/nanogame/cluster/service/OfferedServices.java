package io.nanogame.cluster.service;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusMessage;
import io.nanogame.cluster.bus.BusReader;
import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.service.Offer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The services of this node that others may call. The bus knows who offers what: there is
 * a subscription to each subject of a service, in a queue group where one instance is to
 * get each message. A node that leaves receives only the calls that are for this node, or
 * for all: those for its clients, and for state that is on no other node. Any thread.
 */
final class OfferedServices {

	private static final String QUEUE = "nano";

	private static final Runnable NOTHING = () -> {
	};

	private final LimitedLog limitedLog = new LimitedLog(LoggerFactory.getLogger(OfferedServices.class));

	private final String self;

	private final Bus bus;

	private final Subjects subjects;

	private final ServedCalls served;

	/** Receives the calls that are for this node, or for all. */
	private final BusReader addressed;

	/**
	 * Receives the calls that another node may receive, too. Drained when this node
	 * leaves. Guarded by {@link #offered}, as are the next ones.
	 */
	private BusReader selected;

	private boolean leaving;

	private boolean closed;

	/** By service. Guarded by itself. */
	private final Map<String, Offered> offered = new HashMap<>();

	private volatile CompletableFuture<Boolean> drained = CompletableFuture.completedFuture(true);

	OfferedServices(String self, Bus bus, Subjects subjects, ServedCalls served) {
		this.self = self;
		this.bus = bus;
		this.subjects = subjects;
		this.served = served;
		this.addressed = bus.newReader();
		this.selected = bus.newReader();
	}

	Set<String> names() {
		synchronized (this.offered) {
			return new TreeSet<>(this.offered.keySet());
		}
	}

	/** Whether {@link #names} are others now. */
	boolean add(Offer<?> offer) {
		String name = offer.type().name();
		synchronized (this.offered) {
			boolean isNew = !this.offered.containsKey(name);
			this.offered.computeIfAbsent(name, this::subscribeAll)
				.instances()
				.put(offer, new Ends(subscribeHere(offer), subscribeAny(offer)));
			return isNew;
		}
	}

	/** Whether {@link #names} are others now. */
	boolean remove(Offer<?> offer) {
		String name = offer.type().name();
		synchronized (this.offered) {
			Offered offers = this.offered.get(name);
			Ends ends = (offers != null) ? offers.instances().remove(offer) : null;
			if (offers == null || ends == null) {
				return false;
			}
			ends.here().run();
			ends.any().run();
			if (!offers.instances().isEmpty()) {
				return false;
			}
			offers.end().run();
			this.offered.remove(name);
			return true;
		}
	}

	boolean isLeaving() {
		synchronized (this.offered) {
			return this.leaving;
		}
	}

	/**
	 * Rejects further calls that another node may receive. Blocks until none can arrive,
	 * or for the patience.
	 */
	void leave(Duration patience) {
		BusReader present;
		synchronized (this.offered) {
			if (this.leaving) {
				return;
			}
			this.leaving = true;
			present = this.selected;
		}
		this.drained = present.drain(patience);
	}

	/** Accepts all calls again, after {@link #leave}. */
	void resume() {
		synchronized (this.offered) {
			if (!this.leaving) {
				return;
			}
			this.leaving = false;
			this.selected = this.bus.newReader();
			this.offered.values().forEach((offers) -> offers.instances().replaceAll((offer, ends) -> {
				ends.any().run();
				return new Ends(ends.here(), subscribeAny(offer));
			}));
		}
	}

	/** Rejects all further calls, after {@link #leave}. Blocks as that does. */
	void close(Duration patience) {
		synchronized (this.offered) {
			this.closed = true;
		}
		this.drained = this.drained.thenCombine(this.addressed.drain(patience), (left, closed) -> left && closed);
	}

	/** Whether all that had arrived when this node left was given to its services. */
	boolean isDrained() {
		return this.drained.isDone();
	}

	/** Runs an action when {@link #isDrained}. */
	void whenDrained(Runnable action) {
		this.drained.whenComplete((inTime, failure) -> action.run());
	}

	private Offered subscribeAll(String name) {
		return new Offered(new HashMap<>(), this.closed ? NOTHING : this.addressed
			.subscribe(this.subjects.all(Topics.allServices(name)), (message) -> receivedByAll(name, message)));
	}

	private Runnable subscribeHere(Offer<?> offer) {
		return (this.closed || offer.instance() != null) ? NOTHING
				: subscribe(this.addressed, Topics.serviceOn(offer.type().name(), this.self), offer);
	}

	private Runnable subscribeAny(Offer<?> offer) {
		String name = offer.type().name();
		String instance = offer.instance();
		return this.leaving ? NOTHING : subscribe(this.selected,
				(instance != null) ? Topics.serviceAt(name, instance) : Topics.service(name), offer);
	}

	private Runnable subscribe(BusReader reader, String topic, Offer<?> offer) {
		return reader.subscribe(this.subjects.all(topic), QUEUE, (message) -> received(offer, message));
	}

	private void received(Offer<?> offer, BusMessage message) {
		String replyTo = replyTo(message);
		try {
			received(offer, message, replyTo);
		}
		catch (Throwable ex) {
			if (replyTo != null) {
				this.served.fail(offer, replyTo);
			}
			throw ex;
		}
	}

	/**
	 * The caller subscribes to its subject for all nodes; this one may use its own only.
	 */
	private @Nullable String replyTo(BusMessage message) {
		String replyTo = message.replyTo();
		return (replyTo != null)
				? this.subjects.own(Topics.answer(Subjects.sender(message.subject()), Subjects.lastToken(replyTo)))
				: null;
	}

	private void received(Offer<?> offer, BusMessage message, @Nullable String replyTo) {
		CallFrame frame = read(message);
		if (replyTo == null) {
			return;
		}
		if (frame == null) {
			this.served.refuse(offer, replyTo);
			return;
		}
		if (frame.kind() == CallFrame.Kind.CALL) {
			this.served.call(offer, frame, replyTo);
		}
		else {
			this.served.send(offer, frame);
		}
	}

	private void receivedByAll(String name, BusMessage message) {
		CallFrame frame = read(message);
		if (frame == null || frame.caller().equals(this.self)) {
			return;
		}
		if (frame.kind() == CallFrame.Kind.CANCEL) {
			this.served.cancel(frame);
			return;
		}
		instances(name).forEach((offer) -> this.served.send(offer, frame));
	}

	private List<Offer<?>> instances(String name) {
		synchronized (this.offered) {
			Offered offers = this.offered.get(name);
			return (offers != null) ? List.copyOf(offers.instances().keySet()) : List.of();
		}
	}

	private @Nullable CallFrame read(BusMessage message) {
		try {
			CallFrame frame = CallFrame.read(message.body());
			if (frame.caller().equals(Subjects.sender(message.subject()))) {
				return frame;
			}
			throw new IOException("Its caller is another node");
		}
		catch (IOException ex) {
			this.bus.countDropped();
			this.limitedLog.warn("A call of a service was not understood: {}", ex.getMessage());
			return null;
		}
	}

	/**
	 * A service of this node.
	 *
	 * @param instances each with how to end its subscriptions
	 * @param end ends the subscription they have in common
	 */
	private record Offered(Map<Offer<?>, Ends> instances, Runnable end) {
	}

	/**
	 * How to end the subscriptions of an instance.
	 *
	 * @param here ends that to the calls for this node
	 * @param any ends that to the calls that another node may receive, too
	 */
	private record Ends(Runnable here, Runnable any) {
	}

}
