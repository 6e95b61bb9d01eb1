package io.nanogame.service;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nanogame.observe.CallObserver;
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

	private final Destination destination;

	private final Duration timeout;

	private final @Nullable CallObserver observer;

	Caller(Destination destination, Duration timeout, @Nullable CallObserver observer) {
		this.destination = destination;
		this.timeout = timeout;
		this.observer = observer;
	}

	static boolean isCaller(Object object) {
		return Proxy.isProxyClass(object.getClass()) && Proxy.getInvocationHandler(object) instanceof Caller;
	}

	static Caller of(Object object) {
		if (!isCaller(object)) {
			throw new IllegalArgumentException("%s is not a caller of a service".formatted(object));
		}
		return (Caller) Proxy.getInvocationHandler(object);
	}

	<T> T proxy(Class<T> type) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, this));
	}

	@SuppressWarnings("unchecked")
	<T> T withTimeout(T caller, Duration other) {
		if (other.isNegative() || other.isZero()) {
			throw new IllegalArgumentException("The time-out of a call must be positive, not " + other);
		}
		Caller copy = new Caller(this.destination, other, this.observer);
		return (T) copy.proxy(this.destination.type().type());
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method invoked, Object @Nullable [] args) {
		Object[] arguments = (args != null) ? args : NO_ARGUMENTS;
		ServiceMethod method = this.destination.type().method(invoked.getName());
		if (method == null) {
			return callObjectMethod(proxy, invoked, arguments);
		}
		if (method.isSend()) {
			send(method, arguments);
			return null;
		}
		if (this.destination.address().all()) {
			throw new UnsupportedOperationException(
					"Only void methods can be called on all instances, not '%s'".formatted(method.name()));
		}
		return (method.async() != null) ? method.async().fromCall(() -> request(method, arguments))
				: call(method, arguments);
	}

	private void send(ServiceMethod method, Object[] arguments) {
		ServiceAddress address = this.destination.next();
		Span span = span(method, address);
		try {
			send(address, method, arguments, span.headers());
			span.end(null);
		}
		catch (RuntimeException ex) {
			span.endWith(ex);
			throw ex;
		}
	}

	private void send(ServiceAddress address, ServiceMethod method, Object[] arguments, Map<String, String> headers) {
		if (address.all()) {
			sendToAll(address, method, arguments, headers);
			return;
		}
		Offer<?> local = this.destination.local(address);
		if (local != null) {
			local.send(method, () -> arguments, headers);
		}
		else {
			this.destination.remote().send(address, method, arguments, headers);
		}
	}

	private void sendToAll(ServiceAddress address, ServiceMethod method, Object[] arguments,
			Map<String, String> headers) {
		List<Offer<?>> local = List.copyOf(this.destination.services().offers().instances(address.service()));
		local.forEach((offer) -> sendToOneOfAll(offer, method, arguments, headers));
		try {
			this.destination.remote().send(address, method, arguments, headers);
		}
		catch (ServiceException ex) {
			if (local.isEmpty()) {
				throw ex;
			}
			// An exception would mean that no instance has received it.
			log.warn("A message for {} reaches this node only: {}", address, ex.getMessage());
		}
	}

	private Span span(ServiceMethod method, ServiceAddress address) {
		String node = address.node();
		return calls().tracing().send(method.fullName(), (node != null) ? node : "");
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
			calls().workers().execute(delivery);
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			// The caller waits for the result even if the workers reject the task.
			delivery.run();
		}
	}

	private @Nullable Object call(ServiceMethod method, Object[] arguments) {
		ServiceAddress address = next();
		Offer<?> local = this.destination.local(address);
		if (local == null) {
			return await(start(address, method, arguments, null));
		}
		if (local.lane().isCurrent()) {
			return local.callDirectly(method, arguments);
		}
		BlockingCalls blocking = calls().blocking();
		BlockingCalls.Call call = blocking.begin(local);
		try {
			return await(start(address, method, arguments, call));
		}
		finally {
			blocking.end(call);
		}
	}

	private @Nullable Object await(CompletableFuture<@Nullable Object> reply) {
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
					"The thread that waited for %s was interrupted".formatted(this.destination.address()), ex);
		}
	}

	private CompletableFuture<@Nullable Object> start(ServiceMethod method, Object[] arguments) {
		try {
			return start(next(), method, arguments, null);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private ServiceAddress next() {
		try {
			return this.destination.next();
		}
		catch (RuntimeException ex) {
			observe(ex, 0);
			throw ex;
		}
	}

	/**
	 * Starts a call. The result fails when the time-out elapses.
	 * @param blocking the call of a thread that waits, to a service of this node
	 */
	private CompletableFuture<@Nullable Object> start(ServiceAddress address, ServiceMethod method, Object[] arguments,
			BlockingCalls.@Nullable Call blocking) {
		long start = RealTime.nanoTime();
		Span span = span(method, address);
		CompletableFuture<@Nullable Object> reply = (blocking != null) ? run(blocking, method, arguments, span)
				: run(address, method, arguments, span);
		reply.orTimeout(TimeUnit.NANOSECONDS.convert(this.timeout), TimeUnit.NANOSECONDS);
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

	private CompletableFuture<@Nullable Object> run(ServiceAddress address, ServiceMethod method, Object[] arguments,
			Span span) {
		Offer<?> local = this.destination.local(address);
		return (local != null) ? local.run(method, () -> arguments, span.headers())
				: this.destination.remote().call(address, method, arguments, span.headers(), this.timeout);
	}

	private static CompletableFuture<@Nullable Object> run(BlockingCalls.Call call, ServiceMethod method,
			Object[] arguments, Span span) {
		if (!call.reply().isDone()) {
			call.callee().runHere(method, arguments, span.headers(), call.reply());
		}
		return call.reply();
	}

	private void observe(@Nullable RuntimeException failure, long nanos) {
		if (this.observer != null) {
			this.observer.called(Outcomes.of(failure), nanos);
		}
	}

	private Calls calls() {
		return this.destination.services().calls();
	}

	private RuntimeException toException(Throwable failure) {
		if (failure instanceof TimeoutException) {
			return new ServiceException(ServiceException.NO_ANSWER,
					"No answer from %s within %s".formatted(this.destination.address(), this.timeout));
		}
		return (failure instanceof RuntimeException expected) ? expected : new IllegalStateException(failure);
	}

	private Object callObjectMethod(Object proxy, Method invoked, Object[] arguments) {
		return switch (invoked.getName()) {
			case "equals" -> proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> "Caller of " + this.destination.address();
		};
	}

}
