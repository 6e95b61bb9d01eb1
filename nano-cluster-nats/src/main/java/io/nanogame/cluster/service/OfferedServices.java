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
import io.nanogame.service.Offer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The services of this node that others may call. The bus knows who offers what: there is
 * a subscription to each subject of a service, in a queue group where one instance is to
 * get each message. Any thread.
 */
final class OfferedServices {

	private static final String QUEUE = "nano";

	private final LimitedLog limitedLog = new LimitedLog(LoggerFactory.getLogger(OfferedServices.class));

	private final String self;

	private final Bus bus;

	private final Subjects subjects;

	private final ServedCalls served;

	/** Can be drained without the other messages. */
	private final BusReader reader;

	/** By service. Guarded by itself. */
	private final Map<String, Offered> offered = new HashMap<>();

	private boolean leaving;

	private volatile CompletableFuture<Boolean> drained = CompletableFuture.completedFuture(true);

	OfferedServices(String self, Bus bus, Subjects subjects, ServedCalls served) {
		this.self = self;
		this.bus = bus;
		this.subjects = subjects;
		this.served = served;
		this.reader = bus.newReader();
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
			if (this.leaving) {
				return false;
			}
			boolean isNew = !this.offered.containsKey(name);
			this.offered.computeIfAbsent(name, this::subscribeAll).instances().put(offer, subscribe(offer));
			return isNew;
		}
	}

	/** Whether {@link #names} are others now. */
	boolean remove(Offer<?> offer) {
		String name = offer.type().name();
		synchronized (this.offered) {
			Offered offers = this.offered.get(name);
			Runnable end = (offers != null) ? offers.instances().remove(offer) : null;
			if (offers == null || end == null || this.leaving) {
				return false;
			}
			end.run();
			if (!offers.instances().isEmpty()) {
				return false;
			}
			offers.end().run();
			this.offered.remove(name);
			return true;
		}
	}

	/** Rejects further messages. Blocks until none can arrive, or for the patience. */
	void leave(Duration patience) {
		synchronized (this.offered) {
			if (this.leaving) {
				return;
			}
			this.leaving = true;
		}
		this.drained = this.reader.drain(patience);
	}

	/** Whether all that had arrived when this node left was given to its services. */
	boolean isDrained() {
		return this.drained.isDone();
	}

	/** Runs an action when {@link #isDrained}. */
	void whenDrained(Runnable action) {
		this.drained.whenComplete((inTime, failure) -> action.run());
	}

	private Runnable subscribe(Offer<?> offer) {
		String name = offer.type().name();
		String instance = offer.instance();
		if (instance != null) {
			return subscribe(this.subjects.serviceAt(name, instance), offer);
		}
		Runnable any = subscribe(this.subjects.service(name), offer);
		Runnable here = subscribe(this.subjects.serviceOn(name, this.self), offer);
		return () -> {
			any.run();
			here.run();
		};
	}

	private Runnable subscribe(String subject, Offer<?> offer) {
		return this.reader.subscribe(subject, QUEUE, (message) -> received(offer, message));
	}

	private Offered subscribeAll(String name) {
		return new Offered(new HashMap<>(),
				this.reader.subscribe(this.subjects.allServices(name), (message) -> receivedByAll(name, message)));
	}

	private void received(Offer<?> offer, BusMessage message) {
		String replyTo = message.replyTo();
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
			return CallFrame.read(message.body());
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
	private record Offered(Map<Offer<?>, Runnable> instances, Runnable end) {
	}

}
