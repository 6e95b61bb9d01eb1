package io.nanogame.cluster.service;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.serialize.SerializationException;
import io.nanogame.service.Offer;
import io.nanogame.service.ServiceException;
import io.nanogame.service.ServiceMethod;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Other nodes' calls of this node's services: each is run once and answered once, unless
 * its caller waits no longer.
 */
final class ServedCalls {

	/** More than can be cancelled while a call is on its way. */
	private static final int MAX_CANCELLED = 1000;

	private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(ServedCalls.class));

	private final Bus bus;

	private final Values values;

	private final Map<Id, CompletableFuture<@Nullable Object>> running = new ConcurrentHashMap<>();

	/**
	 * The cancelled calls that this node does not run, because another one does, or
	 * because they arrive after their cancellation, which has another subject.
	 */
	private final Set<Id> cancelled = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Id, Boolean> eldest) {
			return size() > MAX_CANCELLED;
		}

	}));

	ServedCalls(Bus bus, Values values) {
		this.bus = bus;
		this.values = values;
	}

	/** Runs what was sent; nobody hears of it when that is not possible, but the log. */
	void send(Offer<?> offer, CallFrame frame) {
		try {
			checkOwner(offer, frame);
			ServiceMethod method = method(offer, frame);
			offer.run(method, arguments(method, frame), frame.headers()).whenComplete((nothing, failure) -> {
				// What the service itself did wrong has been logged there.
				if (failure instanceof ServiceException refusal && refusal.code() != ServiceException.FAILED) {
					lost(offer, frame, refusal);
				}
			});
		}
		catch (ServiceException ex) {
			lost(offer, frame, ex);
		}
	}

	private void lost(Offer<?> offer, CallFrame frame, ServiceException why) {
		this.log.warn("A message of node {} for {} was lost: {}", frame.caller(), offer, why.getMessage());
	}

	void call(Offer<?> offer, CallFrame frame, String replyTo) {
		ServiceMethod method;
		CompletableFuture<@Nullable Object> answer;
		try {
			checkOwner(offer, frame);
			method = method(offer, frame);
			answer = offer.run(method, arguments(method, frame), frame.headers());
		}
		catch (ServiceException ex) {
			publish(offer, replyTo, AnswerFrame.of(ex));
			return;
		}
		Id id = new Id(frame.caller(), frame.number());
		this.running.put(id, answer);
		answer.whenComplete((value, failure) -> {
			this.running.remove(id);
			answer(offer, method, replyTo, value, failure);
		});
		answer.orTimeout(frame.timeoutMillis(), TimeUnit.MILLISECONDS);
		if (this.cancelled.remove(id)) {
			answer.cancel(true);
		}
	}

	/**
	 * The call is that of a node of another version. Its caller need not wait until its
	 * time is over.
	 */
	void refuse(Offer<?> offer, String replyTo) {
		publish(offer, replyTo, AnswerFrame.of(new ServiceException(ServiceException.NOT_THERE,
				"The node of the service '%s' uses another version of calls".formatted(offer.type().name()))));
	}

	/**
	 * Something went wrong with a call before it was given to the service, or at once.
	 */
	void fail(Offer<?> offer, String replyTo) {
		publish(offer, replyTo, AnswerFrame.of(new ServiceException(ServiceException.FAILED,
				"A call of the service '%s' failed".formatted(offer.type().name()))));
	}

	/** The caller waits no longer. */
	void cancel(CallFrame frame) {
		Id id = new Id(frame.caller(), frame.number());
		this.cancelled.add(id);
		CompletableFuture<@Nullable Object> answer = this.running.get(id);
		if (answer != null) {
			this.cancelled.remove(id);
			answer.cancel(true);
		}
	}

	/** How many answers are due. */
	int count() {
		return this.running.size();
	}

	/** The caller may know a later owner. */
	private static void checkOwner(Offer<?> offer, CallFrame frame) {
		long fence = offer.tenure().fence();
		if (fence != 0 && frame.fence() > fence) {
			throw offer.notOwner();
		}
	}

	private static ServiceMethod method(Offer<?> offer, CallFrame frame) {
		ServiceMethod method = offer.type().method(frame.method());
		if (method == null) {
			throw new ServiceException(ServiceException.NO_SUCH_METHOD,
					"The service '%s' has no method '%s' there".formatted(offer.type().name(), frame.method()));
		}
		return method;
	}

	private Supplier<@Nullable Object[]> arguments(ServiceMethod method, CallFrame frame) {
		int expected = method.parameterTypes().size();
		if (frame.arguments().size() != expected) {
			throw new ServiceException(ServiceException.BAD_ARGUMENTS, "Method '%s' takes %d arguments there, not %d"
				.formatted(method.name(), expected, frame.arguments().size()));
		}
		return () -> {
			try {
				return this.values.readArguments(method, frame.arguments());
			}
			catch (RuntimeException ex) {
				throw new ServiceException(ServiceException.BAD_ARGUMENTS,
						"The arguments of method '%s' cannot be read there".formatted(method.name()), ex);
			}
		};
	}

	private void answer(Offer<?> offer, ServiceMethod method, String replyTo, @Nullable Object value,
			@Nullable Throwable failure) {
		if (failure instanceof CancellationException || failure instanceof TimeoutException) {
			return;
		}
		AnswerFrame frame = (failure != null) ? AnswerFrame.of((ServiceException) failure)
				: result(offer, method, value);
		// A call that was not executed may be refused by a former owner.
		boolean isExecuted = frame.code() != ServiceException.NOT_THERE;
		publish(offer, replyTo, isExecuted ? frame.withFence(offer.tenure().fence()) : frame);
	}

	private AnswerFrame result(Offer<?> offer, ServiceMethod method, @Nullable Object value) {
		try {
			return AnswerFrame.of(this.values.write(method.resultType(), value));
		}
		catch (SerializationException ex) {
			return cannotTravel(offer, ex);
		}
	}

	private AnswerFrame cannotTravel(Offer<?> offer, SerializationException why) {
		this.log.error("The result of {} cannot travel", why, offer);
		return AnswerFrame.of(new ServiceException(ServiceException.FAILED,
				"The result of the service '%s' cannot travel".formatted(offer.type().name())));
	}

	/** What takes the place of an answer that NATS would not take. */
	private AnswerFrame shorter(Offer<?> offer, AnswerFrame frame, int length) {
		return (frame.failure() != null) ? frame.withShortWords() : cannotTravel(offer, new SerializationException(
				"%d bytes are more than the NATS server's max_payload allows".formatted(length), null));
	}

	private void publish(Offer<?> offer, String replyTo, AnswerFrame frame) {
		byte[] bytes = frame.write();
		if (bytes.length > this.bus.maxPayload()) {
			bytes = shorter(offer, frame, bytes.length).write();
		}
		if (!this.bus.publish(replyTo, bytes)) {
			this.log.warn("An answer of a service was dropped; its caller hears nothing until its time is over");
		}
	}

	/** A call, as its caller's node counts. */
	private record Id(String caller, long number) {
	}

}
