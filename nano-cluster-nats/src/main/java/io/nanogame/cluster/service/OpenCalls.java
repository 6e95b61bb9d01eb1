package io.nanogame.cluster.service;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.cluster.bus.BusMessage;
import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.service.ServiceAddress;
import io.nanogame.service.ServiceException;
import io.nanogame.service.ServiceMethod;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * This node's calls of other nodes that are not answered yet. Each ends once: by its
 * answer, by NATS saying that nobody is there, by the end of its node, or by its caller.
 */
final class OpenCalls {

	private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(OpenCalls.class));

	private final Values values;

	private final SeenFences fences;

	private final AtomicLong last = new AtomicLong();

	private final Map<Long, Call> calls = new ConcurrentHashMap<>();

	OpenCalls(Values values, SeenFences fences) {
		this.values = values;
		this.fences = fences;
	}

	Call open(ServiceAddress address, ServiceMethod method) {
		Call call = new Call(this.last.incrementAndGet(), address, method, new CompletableFuture<>());
		this.calls.put(call.number(), call);
		call.answer().whenComplete((value, failure) -> this.calls.remove(call.number()));
		return call;
	}

	/** What came for a call. An answer nobody waits for any longer is dropped. */
	void receive(long number, BusMessage message) {
		Call call = this.calls.get(number);
		if (call == null) {
			return;
		}
		if (message.noRecipient()) {
			call.answer().completeExceptionally(call.address().notThere());
			return;
		}
		try {
			AnswerFrame frame = AnswerFrame.read(message.body());
			ServiceException failure = frame.failure();
			if (!this.fences.admits(call.address(), frame.fence())) {
				call.end("A node that is no longer the owner has replied");
			}
			else if (failure != null) {
				call.answer().completeExceptionally(failure);
			}
			else {
				call.answer().complete(this.values.read(call.method().resultType(), frame.value()));
			}
		}
		catch (Throwable ex) {
			this.log.warn("The answer of {} was not understood: {}", call.address(), ex);
			call.answer()
				.completeExceptionally(new ServiceException(ServiceException.FAILED,
						"The answer of %s was not understood".formatted(call.address()), ex));
		}
	}

	/** Ends calls that are known to be with a node that is gone. */
	void lost(String node) {
		for (Call call : this.calls.values()) {
			if (node.equals(call.address().node())) {
				call.end("The node is gone");
			}
		}
	}

	/** Ends all calls: no answer can arrive any more. */
	void end() {
		this.calls.values().forEach((call) -> call.end("This node has left the cluster"));
	}

	/**
	 * A call.
	 *
	 * @param number unique on this node
	 * @param address whom it is for
	 * @param method what it asks for
	 * @param answer what it waits for
	 */
	record Call(long number, ServiceAddress address, ServiceMethod method, CompletableFuture<@Nullable Object> answer) {

		void end(String why) {
			this.answer.completeExceptionally(new ServiceException(ServiceException.NO_ANSWER,
					"%s; what %s was asked for may have been done".formatted(why, this.address)));
		}

	}

}
