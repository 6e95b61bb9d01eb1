package io.nanogame.spring.match;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.nanogame.memory.ManualTime;
import io.nanogame.service.ServiceException;
import org.junit.jupiter.api.Assertions;

/**
 * The tasks of all nodes of a model, in a random order, and the calls between them, which
 * are delayed or lost at random.
 */
final class ModelNetwork {

	private static final int TIMEOUT_MILLIS = 1000;

	private static final int MAX_LATE_MILLIS = 12_000;

	private static final int MAX_TASKS = 50_000_000;

	final Random random;

	final ManualTime time = new ManualTime(this::runAll);

	/** The maximum delay of a message; 0 for none. */
	int maxDelayMillis;

	/** Whether one of ten messages is lost. */
	boolean isLossy;

	/** Whether one of ten messages arrives up to 12 seconds late. */
	boolean isLate;

	/** Called before a call is sent. */
	BiConsumer<ModelNode, String> observer = (from, method) -> {
	};

	/** The number of calls. */
	long calls;

	private final List<Runnable> tasks = new ArrayList<>();

	private int count;

	ModelNetwork(Random random) {
		this.random = random;
	}

	/** Runs a task of a node later, in any order. */
	void execute(Runnable task) {
		this.tasks.add(task);
	}

	private void runAll() {
		while (!this.tasks.isEmpty()) {
			Assertions.assertTrue(++this.count < MAX_TASKS, "tasks without an end");
			int last = this.tasks.size() - 1;
			int index = this.random.nextInt(last + 1);
			Runnable task = this.tasks.get(index);
			this.tasks.set(index, this.tasks.get(last));
			this.tasks.remove(last);
			task.run();
		}
	}

	void after(long millis, Runnable task) {
		this.time.newTimeout((timeout) -> task.run(), millis, TimeUnit.MILLISECONDS);
	}

	/** Returns a caller of a node. */
	<T> T caller(Class<T> type, ModelNode from, Supplier<List<Target<T>>> targets) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> call(from, targets.get(), method, arguments)));
	}

	private <T> Object call(ModelNode from, List<Target<T>> targets, Method method, Object[] arguments) {
		CompletableFuture<Object> reply = new CompletableFuture<>();
		for (Target<T> target : targets) {
			this.calls++;
			this.observer.accept(from, method.getName());
			if (!from.isUp()) {
				continue;
			}
			if (!target.node().isReachableFrom(from)) {
				reply.completeExceptionally(new ServiceException(ServiceException.NOT_THERE, "not there"));
				continue;
			}
			transmit(from, target.node(), () -> target.node().lane().execute(() -> {
				if (target.node().isUp()) {
					invoke(target, method, arguments,
							(result, failure) -> transmit(target.node(), from, () -> complete(reply, result, failure)));
				}
			}));
		}
		if (method.getReturnType() == void.class) {
			return null;
		}
		after(TIMEOUT_MILLIS,
				() -> reply.completeExceptionally(new ServiceException(ServiceException.NO_ANSWER, "no reply")));
		return reply;
	}

	private static void complete(CompletableFuture<Object> reply, Object result, Throwable failure) {
		if (failure != null) {
			reply.completeExceptionally(failure);
		}
		else {
			reply.complete(result);
		}
	}

	private static void invoke(Target<?> target, Method method, Object[] arguments,
			BiConsumer<Object, Throwable> done) {
		try {
			Object result = method.invoke(target.desk(), arguments);
			if (result instanceof CompletionStage<?> stage) {
				stage.whenComplete(done);
			}
		}
		catch (InvocationTargetException ex) {
			done.accept(null, ex.getCause());
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Calls of a node to itself do not fail. */
	private void transmit(ModelNode from, ModelNode to, Runnable delivery) {
		if (from == to) {
			execute(delivery);
			return;
		}
		if (!this.isLossy || this.random.nextInt(10) > 0) {
			after(delayMillis(), delivery);
		}
	}

	private int delayMillis() {
		if (this.isLate && this.random.nextInt(10) == 0) {
			return this.random.nextInt(MAX_LATE_MILLIS);
		}
		return (this.maxDelayMillis > 0) ? this.random.nextInt(this.maxDelayMillis) : 0;
	}

	/**
	 * A service of a node.
	 *
	 * @param node the node
	 * @param desk the implementation
	 */
	record Target<T>(ModelNode node, T desk) {
	}

}
