package io.nanogame.service;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nanogame.time.RealTime;
import io.nanogame.trace.Span;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the calls of a proxy into work for a lane, or for another node.
 */
final class Caller implements InvocationHandler {

	private static final Logger log = LoggerFactory.getLogger(Caller.class);

	private static final Object[] NO_ARGUMENTS = {};

	private final Services services;

	private final ServiceType<?> type;

	private final ServiceAddress address;

	private final CallObserver observer;

	Caller(Services services, ServiceType<?> type, ServiceAddress address, CallObserver observer) {
		this.services = services;
		this.type = type;
		this.address = address;
		this.observer = observer;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method called, Object @Nullable [] given) {
		Object[] arguments = (given != null) ? given : NO_ARGUMENTS;
		ServiceMethod method = this.type.method(called.getName());
		if (method == null) {
			return ofObject(proxy, called, arguments);
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
		Offer<?> here = here();
		if (here != null) {
			here.send(method, () -> arguments, headers);
		}
		else {
			remote().send(this.address, method, arguments, headers);
		}
	}

	private void sendToAll(ServiceMethod method, Object[] arguments, Map<String, String> headers) {
		List<Offer<?>> here = List.copyOf(this.services.instances(this.address.service()));
		here.forEach((offer) -> sendToOneOfAll(offer, method, arguments, headers));
		try {
			remote().send(this.address, method, arguments, headers);
		}
		catch (ServiceException ex) {
			if (here.isEmpty()) {
				throw ex;
			}
			// An exception would say that none has got it.
			log.warn("A message for {} reaches this node only: {}", this.address, ex.getMessage());
		}
	}

	private Span span(ServiceMethod method) {
		String node = this.address.node();
		return this.services.tracing().send(method.fullName(), (node != null) ? node : "");
	}

	/** One that is too busy does not keep it from the others. */
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
		CompletableFuture<@Nullable Object> answer = start(method, arguments);
		CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
		answer.whenComplete((value, failure) -> deliver(result, value, failure));
		result.whenComplete((value, failure) -> answer.cancel(true));
		return result;
	}

	/** What a caller does with the answer may block, so it gets a thread for it. */
	private void deliver(CompletableFuture<@Nullable Object> result, @Nullable Object value,
			@Nullable Throwable failure) {
		Runnable delivery = (failure == null) ? () -> result.complete(value)
				: () -> result.completeExceptionally(told(failure));
		try {
			this.services.workers().execute(delivery);
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			// Whether they refuse or fail, the caller waits.
			delivery.run();
		}
	}

	private @Nullable Object call(ServiceMethod method, Object[] arguments) {
		Offer<?> here = here();
		if (here != null && here.lane().isCurrent()) {
			return here.callHere(method, arguments);
		}
		CompletableFuture<@Nullable Object> answer = start(method, arguments);
		try {
			return answer.get();
		}
		catch (ExecutionException ex) {
			throw told(ex.getCause());
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			Thread.currentThread().interrupt();
			throw new ServiceException(ServiceException.NO_ANSWER,
					"The thread that waited for %s was interrupted".formatted(this.address), ex);
		}
	}

	/** The answer, or its failure when the time is over. */
	private CompletableFuture<@Nullable Object> start(ServiceMethod method, Object[] arguments) {
		long start = RealTime.nanoTime();
		Span span = span(method);
		Offer<?> here = here();
		CompletableFuture<@Nullable Object> answer = (here != null) ? here.run(method, () -> arguments, span.headers())
				: remote().call(this.address, method, arguments, span.headers(), this.services.timeout());
		answer.orTimeout(this.services.timeout().toNanos(), TimeUnit.NANOSECONDS);
		answer.whenComplete((value, failure) -> {
			try {
				this.observer.called(CallOutcome.of((failure != null) ? told(failure) : null),
						RealTime.nanoTime() - start);
			}
			finally {
				span.endWith(failure);
			}
		});
		return answer;
	}

	private @Nullable Offer<?> here() {
		String node = this.address.node();
		boolean maybeHere = !this.address.all() && (node == null || this.services.remote().isThisNode(node));
		return maybeHere ? this.services.find(this.address.service(), this.address.instance()) : null;
	}

	private RemoteServices remote() {
		return this.type.isLocal() ? RemoteServices.NONE : this.services.remote();
	}

	private RuntimeException told(Throwable failure) {
		if (failure instanceof TimeoutException) {
			return new ServiceException(ServiceException.NO_ANSWER,
					"No answer from %s within %s".formatted(this.address, this.services.timeout()));
		}
		return (failure instanceof RuntimeException expected) ? expected : new IllegalStateException(failure);
	}

	private Object ofObject(Object proxy, Method called, Object[] arguments) {
		return switch (called.getName()) {
			case "equals" -> proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> "Caller of " + this.address;
		};
	}

}
