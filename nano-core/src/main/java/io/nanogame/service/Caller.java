package io.nanogame.service;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nanogame.observe.CallObserver;
import io.nanogame.observe.CallOutcome;
import io.nanogame.time.RealTime;
import io.nanogame.trace.Span;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards the calls of a proxy to a lane, or to another node.
 */
final class Caller implements InvocationHandler {

	private static final Logger log = LoggerFactory.getLogger(Caller.class);

	private static final Object[] NO_ARGUMENTS = {};

	private final Services services;

	private final ServiceType<?> type;

	private final ServiceAddress address;

	private final @Nullable CallObserver observer;

	Caller(Services services, ServiceType<?> type, ServiceAddress address, @Nullable CallObserver observer) {
		this.services = services;
		this.type = type;
		this.address = address;
		this.observer = observer;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method invoked, Object @Nullable [] args) {
		Object[] arguments = (args != null) ? args : NO_ARGUMENTS;
		ServiceMethod method = this.type.method(invoked.getName());
		if (method == null) {
			return callObjectMethod(proxy, invoked, arguments);
		}
		if (method.isSend()) {
			send(method, arguments);
			return null;
		}
		if (this.address.all()) {
			throw new UnsupportedOperationException(
					"Only void methods can be called on all instances, not '%s'".formatted(method.name()));
		}
		return (method.async() != null) ? method.async().fromCall(() -> request(method, arguments))
				: call(method, arguments);
	}

	private void send(ServiceMethod method, Object[] arguments) {
		Span span = span(method);
		try {
			send(method, arguments, span.headers());
			span.end(null);
		}
		catch (RuntimeException ex) {
			span.endWith(ex);
			throw ex;
		}
	}

	private void send(ServiceMethod method, Object[] arguments, Map<String, String> headers) {
		if (this.address.all()) {
			sendToAll(method, arguments, headers);
			return;
		}
		Offer<?> local = localOffer();
		if (local != null) {
			local.send(method, () -> arguments, headers);
		}
		else {
			remote().send(this.address, method, arguments, headers);
		}
	}

	private void sendToAll(ServiceMethod method, Object[] arguments, Map<String, String> headers) {
		List<Offer<?>> local = List.copyOf(this.services.offers().instances(this.address.service()));
		local.forEach((offer) -> sendToOneOfAll(offer, method, arguments, headers));
		try {
			remote().send(this.address, method, arguments, headers);
		}
		catch (ServiceException ex) {
			if (local.isEmpty()) {
				throw ex;
			}
			// An exception would mean that no instance has received it.
			log.warn("A message for {} reaches this node only: {}", this.address, ex.getMessage());
		}
	}

	private Span span(ServiceMethod method) {
		String node = this.address.node();
		return this.services.tracing().send(method.fullName(), (node != null) ? node : "");
	}

	/** An instance with a full mailbox must not keep the message from the others. */
	private static void sendToOneOfAll(Offer<?> offer, ServiceMethod method, Object[] arguments,
			Map<String, String> headers) {
		try {
			offer.send(method, () -> arguments, headers);
		}
		catch (ServiceException ex) {
			log.warn("A message for {} was lost: {}", offer, ex.getMessage());
		}
	}

	private CompletableFuture<@Nullable Object> request(ServiceMethod method, Object[] arguments) {
		CompletableFuture<@Nullable Object> reply = start(method, arguments);
		CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
		reply.whenComplete((value, failure) -> deliver(result, value, failure));
		result.whenComplete((value, failure) -> reply.cancel(true));
		return result;
	}

	/**
	 * Completes the result on a worker thread, because the caller's continuation may
	 * block.
	 */
	private void deliver(CompletableFuture<@Nullable Object> result, @Nullable Object value,
			@Nullable Throwable failure) {
		Runnable delivery = (failure == null) ? () -> result.complete(value)
				: () -> result.completeExceptionally(toException(failure));
		try {
			this.services.workers().execute(delivery);
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			// The caller waits for the result even if the workers reject the task.
			delivery.run();
		}
	}

	private @Nullable Object call(ServiceMethod method, Object[] arguments) {
		Offer<?> local = localOffer();
		if (local != null && local.lane().isCurrent()) {
			return local.callDirectly(method, arguments);
		}
		CompletableFuture<@Nullable Object> reply = start(method, arguments);
		try {
			return reply.get();
		}
		catch (ExecutionException ex) {
			throw toException(ex.getCause());
		}
		catch (InterruptedException ex) {
			reply.cancel(true);
			Thread.currentThread().interrupt();
			throw new ServiceException(ServiceException.NO_ANSWER,
					"The thread that waited for %s was interrupted".formatted(this.address), ex);
		}
	}

	/** Starts a call. The result fails when the time-out elapses. */
	private CompletableFuture<@Nullable Object> start(ServiceMethod method, Object[] arguments) {
		long start = RealTime.nanoTime();
		Span span = span(method);
		Offer<?> local = localOffer();
		CompletableFuture<@Nullable Object> reply = (local != null) ? local.run(method, () -> arguments, span.headers())
				: remote().call(this.address, method, arguments, span.headers(), this.services.timeout());
		reply.orTimeout(this.services.timeout().toNanos(), TimeUnit.NANOSECONDS);
		reply.whenComplete((value, failure) -> {
			try {
				observe((failure != null) ? toException(failure) : null, RealTime.nanoTime() - start);
			}
			finally {
				span.endWith(failure);
			}
		});
		return reply;
	}

	private void observe(@Nullable RuntimeException failure, long nanos) {
		if (this.observer != null) {
			this.observer.called(outcome(failure), nanos);
		}
	}

	private static CallOutcome outcome(@Nullable RuntimeException failure) {
		if (failure == null) {
			return CallOutcome.SUCCESS;
		}
		if (failure instanceof CancellationException) {
			return CallOutcome.CANCELLED;
		}
		if (!(failure instanceof ServiceException expected)) {
			return CallOutcome.FAILED;
		}
		return switch (expected.code()) {
			case ServiceException.NOT_THERE -> CallOutcome.NOT_THERE;
			case ServiceException.NO_ANSWER -> CallOutcome.NO_ANSWER;
			case ServiceException.FAILED -> CallOutcome.FAILED;
			default -> CallOutcome.REFUSED;
		};
	}

	private @Nullable Offer<?> localOffer() {
		String node = this.address.node();
		boolean maybeLocal = !this.address.all() && (node == null || this.services.remote().isThisNode(node));
		return maybeLocal ? this.services.offers().find(this.address.service(), this.address.instance()) : null;
	}

	private RemoteServices remote() {
		return this.type.isLocal() ? RemoteServices.NONE : this.services.remote();
	}

	private RuntimeException toException(Throwable failure) {
		if (failure instanceof TimeoutException) {
			return new ServiceException(ServiceException.NO_ANSWER,
					"No answer from %s within %s".formatted(this.address, this.services.timeout()));
		}
		return (failure instanceof RuntimeException expected) ? expected : new IllegalStateException(failure);
	}

	private Object callObjectMethod(Object proxy, Method invoked, Object[] arguments) {
		return switch (invoked.getName()) {
			case "equals" -> proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> "Caller of " + this.address;
		};
	}

}
