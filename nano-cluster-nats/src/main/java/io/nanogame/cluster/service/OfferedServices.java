package io.nanogame.cluster.service;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import io.nanogame.cluster.wire.LimitedLog;
import io.nanogame.cluster.wire.NatsLink;
import io.nanogame.cluster.wire.Subjects;
import io.nanogame.cluster.wire.Subscriber;
import io.nanogame.service.Offer;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What others may call on this node. NATS itself knows who offers what: there is a
 * subscription to each subject of a service, in a queue group where one instance is to
 * get each message. Any thread.
 */
final class OfferedServices {

	private static final Logger log = LoggerFactory.getLogger(OfferedServices.class);

	/** What may wait for the services' mailboxes before NATS throws away. */
	private static final long MAX_WAITING_BYTES = 256 * 1024 * 1024L;

	private static final String QUEUE = "nano";

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final String self;

	private final NatsLink link;

	private final Subjects subjects;

	private final ServedCalls served;

	/** Apart from that of the link, so that its dispatcher can be drained. */
	private final Subscriber subscriber;

	/** By service. Guarded by itself. */
	private final Map<String, Offered> offered = new HashMap<>();

	private boolean leaving;

	private volatile CompletableFuture<Boolean> drained = CompletableFuture.completedFuture(true);

	OfferedServices(String self, NatsLink link, Subjects subjects, ServedCalls served) {
		this.self = self;
		this.link = link;
		this.subjects = subjects;
		this.served = served;
		Dispatcher dispatcher = link.connection().createDispatcher();
		this.subscriber = new Subscriber(dispatcher, link, this.limitedLog);
		dispatcher.setPendingLimits(-1, MAX_WAITING_BYTES);
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

	/** Takes no more messages. Blocks until NATS has heard of it, or for so long. */
	void leave(Duration patience) {
		synchronized (this.offered) {
			if (this.leaving) {
				return;
			}
			this.leaving = true;
		}
		try {
			this.drained = this.subscriber.dispatcher().drain(patience);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			log.debug("NATS does not hear that this node leaves", ex);
		}
	}

	/** Whether all that had arrived when this node left was given to its services. */
	boolean isDrained() {
		return this.drained.isDone();
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
		return this.subscriber.subscribe(subject, QUEUE, (message) -> received(offer, message));
	}

	private Offered subscribeAll(String name) {
		return new Offered(new HashMap<>(),
				this.subscriber.subscribe(this.subjects.allServices(name), (message) -> receivedByAll(name, message)));
	}

	private void received(Offer<?> offer, Message message) {
		String replyTo = message.getReplyTo();
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

	private void received(Offer<?> offer, Message message, @Nullable String replyTo) {
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

	private void receivedByAll(String name, Message message) {
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

	private @Nullable CallFrame read(Message message) {
		try {
			return CallFrame.read(message.getData());
		}
		catch (IOException ex) {
			this.link.countDropped();
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
