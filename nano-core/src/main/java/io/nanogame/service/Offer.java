package io.nanogame.service;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Timer;
import io.nanogame.trace.Span;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service instance on this node, with its mailbox: its methods are called on its lane,
 * one at a time. An asynchronous method holds the lane until it returns, not until its
 * result is complete. Thread-safe.
 *
 * @param <T> the service
 */
public final class Offer<T> implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Offer.class);

	private final Services services;

	private final ServiceType<T> type;

	private final @Nullable String instance;

	private final Lane lane;

	private final Tenure tenure;

	private final Map<String, MethodHandle> handles = new HashMap<>();

	private volatile @Nullable Timer ticks;

	Offer(Services services, ServiceType<T> type, @Nullable String instance, T implementation, Lane lane,
			Tenure tenure) {
		this.services = services;
		this.type = type;
		this.instance = instance;
		this.lane = lane;
		this.tenure = tenure;
		for (Method method : type.type().getMethods()) {
			if (type.method(method.getName()) != null) {
				this.handles.put(method.getName(), handle(method, implementation));
			}
		}
	}

	private static MethodHandle handle(Method method, Object implementation) {
		try {
			method.setAccessible(true);
			return MethodHandles.lookup()
				.unreflect(method)
				.bindTo(implementation)
				.asSpreader(Object[].class, method.getParameterCount());
		}
		catch (IllegalAccessException ex) {
			throw new IllegalArgumentException("%s cannot be called".formatted(method), ex);
		}
	}

	void tickWith(Timer ticks) {
		this.ticks = ticks;
	}

	public ServiceType<T> type() {
		return this.type;
	}

	/**
	 * Returns the name of this instance.
	 * @return the name, such as that of a room, or null
	 */
	public @Nullable String instance() {
		return this.instance;
	}

	public Lane lane() {
		return this.lane;
	}

	/**
	 * Returns the ownership of its name. Internal.
	 * @return the tenure; calls that begin after its end are not executed
	 */
	public Tenure tenure() {
		return this.tenure;
	}

	/**
	 * Runs a method on the lane. Exceptions are logged. Does not block.
	 * @param method a method of the service
	 * @param arguments supplies the arguments; called on the lane
	 * @param headers the headers of the caller's span
	 * @throws ServiceException when the mailbox is full; the method is not called then
	 */
	void send(ServiceMethod method, Supplier<Object[]> arguments, Map<String, String> headers) {
		submit(() -> {
			if (!this.tenure.isHeld()) {
				log.warn("A message for {} was lost: {}", this, notOwner().getMessage());
				return;
			}
			Span span = span(method, headers);
			Span.Scope scope = span.enter();
			try {
				invoke(method, arguments.get());
				span.end(null);
			}
			catch (Throwable ex) {
				span.endWith(ex);
				log.error("Method '{}' of the service '{}' failed", method.name(), this.type.name(), ex);
			}
			finally {
				scope.close();
			}
		});
	}

	/**
	 * Runs a method on the lane. Does not block.
	 * @param method a method of the service
	 * @param arguments supplies the arguments; called on the lane
	 * @param headers the headers of the caller's span
	 * @return the result; fails with a {@link ServiceException}. If it is completed
	 * before the method is called, the method is not called. Cancelling it cancels an
	 * asynchronous result
	 */
	public CompletableFuture<@Nullable Object> run(ServiceMethod method, Supplier<Object[]> arguments,
			Map<String, String> headers) {
		CompletableFuture<@Nullable Object> reply = new CompletableFuture<>();
		submit(() -> begin(method, arguments, headers, reply), reply);
		return reply;
	}

	/**
	 * Runs a method on the lane: on this thread if the lane is idle, else as
	 * {@link #run(ServiceMethod, Supplier, Map)}.
	 */
	void runHere(ServiceMethod method, Object[] arguments, Map<String, String> headers,
			CompletableFuture<@Nullable Object> reply) {
		Runnable task = () -> begin(method, () -> arguments, headers, reply);
		if (!this.lane.tryRun(task)) {
			submit(task, reply);
		}
	}

	private void submit(Runnable task, CompletableFuture<@Nullable Object> reply) {
		try {
			submit(task);
		}
		catch (ServiceException ex) {
			reply.completeExceptionally(ex);
		}
	}

	private void begin(ServiceMethod method, Supplier<Object[]> arguments, Map<String, String> headers,
			CompletableFuture<@Nullable Object> reply) {
		if (!this.tenure.isHeld()) {
			reply.completeExceptionally(notOwner());
		}
		else if (!reply.isDone()) {
			run(method, arguments, headers, reply);
		}
	}

	/**
	 * Creates the failure of a call that another node has to execute.
	 * @return the exception for the caller
	 */
	public ServiceException notOwner() {
		return new ServiceException(ServiceException.NOT_THERE,
				"The node is no longer the owner of the service '%s' named '%s'".formatted(this.type.name(),
						this.instance));
	}

	private Span span(ServiceMethod method, Map<String, String> headers) {
		return this.services.calls().tracing().receive(method.fullName(), headers);
	}

	private void submit(Runnable task) {
		try {
			this.lane.execute(task);
		}
		catch (RejectedExecutionException ex) {
			throw new ServiceException(ServiceException.NOT_THERE,
					"The mailbox of the service '%s' is full".formatted(this.type.name()), ex);
		}
	}

	private void run(ServiceMethod method, Supplier<Object[]> arguments, Map<String, String> headers,
			CompletableFuture<@Nullable Object> reply) {
		Span span;
		try {
			span = span(method, headers);
		}
		catch (Throwable ex) {
			// Headers of another node that no span can be made of.
			reply.completeExceptionally(failure(method, ex));
			return;
		}
		reply.whenComplete((value, failure) -> span.endWith(failure));
		Span.Scope scope = span.enter();
		try {
			Object result = invoke(method, arguments.get());
			if (method.async() != null && result != null) {
				follow(method, method.async().toStage(result), reply);
			}
			else {
				reply.complete(result);
			}
		}
		catch (Throwable ex) {
			reply.completeExceptionally(failure(method, ex));
		}
		finally {
			scope.close();
		}
	}

	private void follow(ServiceMethod method, CompletionStage<?> result, CompletableFuture<@Nullable Object> reply) {
		result.whenComplete((value, failure) -> {
			if (failure == null) {
				reply.complete(value);
			}
			else if (!reply.isDone()) {
				reply.completeExceptionally(failure(method, failure));
			}
		});
		reply.whenComplete((value, failure) -> result.toCompletableFuture().cancel(true));
	}

	/**
	 * Calls a method directly, for a blocking call from the lane itself: submitted to the
	 * lane, it would wait for itself forever.
	 */
	@Nullable Object callDirectly(ServiceMethod method, Object[] arguments) {
		try {
			return invoke(method, arguments);
		}
		catch (Throwable ex) {
			throw failure(method, ex);
		}
	}

	private @Nullable Object invoke(ServiceMethod method, Object[] arguments) throws Throwable {
		return Objects.requireNonNull(this.handles.get(method.name())).invoke(arguments);
	}

	/**
	 * Returns the failure for the caller. Rejections are passed on; other failures are
	 * logged here, and the caller receives only {@link ServiceException#FAILED}.
	 */
	private ServiceException failure(ServiceMethod method, Throwable thrown) {
		Throwable failure = thrown;
		while (failure instanceof CompletionException && failure.getCause() != null) {
			failure = failure.getCause();
		}
		if (failure instanceof ServiceException rejection && rejection.isRefusal()) {
			return rejection;
		}
		log.error("Method '{}' of the service '{}' failed", method.name(), this.type.name(), failure);
		return new ServiceException(ServiceException.FAILED,
				"Method '%s' of the service '%s' failed".formatted(method.name(), this.type.name()), failure);
	}

	/**
	 * Withdraws the instance: it can no longer be called, and its ticks stop. Calls that
	 * are already in its mailbox are still executed. Idempotent.
	 */
	@Override
	public void close() {
		Timer current = this.ticks;
		if (current != null) {
			current.cancel();
		}
		this.services.withdraw(this);
	}

	@Override
	public String toString() {
		return "Offer[" + this.type.name() + ((this.instance != null) ? ", " + this.instance : "") + "]";
	}

}
