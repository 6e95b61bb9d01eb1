package io.nanogame.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.protocol.Message;
import io.nanogame.serialize.PayloadReader;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** The requests of one connection that are not answered. Any thread. */
final class Requests {

	private final Map<Long, Pending> byId = new ConcurrentHashMap<>();

	private final AtomicLong lastId = new AtomicLong();

	private final AtomicInteger count = new AtomicInteger();

	private final EventLoop loop;

	private final int most;

	private final ErrorAnswers errors;

	private final @Nullable ClientMetrics metrics;

	private volatile @Nullable NanoClientException ended;

	Requests(EventLoop loop, ClientSettings settings) {
		this.loop = loop;
		this.most = settings.maxRequestsInFlight();
		this.errors = new ErrorAnswers(settings.payloads());
		this.metrics = settings.metrics();
	}

	/**
	 * Waits for an answer from now on.
	 * @param reader of the answer; {@code null} if nobody wants to see it
	 * @return the id to ask with, or 0 if the sink has failed already
	 */
	long add(String route, @Nullable PayloadReader reader, Duration timeout, MonoSink<Object> sink) {
		if (this.count.incrementAndGet() > this.most) {
			this.count.decrementAndGet();
			sink.error(new ClientOverloadedException(
					"%d requests wait for their answers, which is the limit set by NanoClientBuilder.maxRequestsInFlight"
						.formatted(this.most)));
			return 0;
		}
		long id = this.lastId.incrementAndGet();
		Pending pending = new Pending(route, reader, sink);
		this.byId.put(id, pending);
		// Only now, or a short time could be over before there is something to fail.
		pending.timer = this.loop.schedule(() -> fail(id, new RequestTimeoutException(route, timeout)),
				timeout.toNanos(), TimeUnit.NANOSECONDS);
		sink.onDispose(() -> take(id, "cancelled"));
		NanoClientException reason = this.ended;
		if (reason != null) {
			fail(id, reason);
			return 0;
		}
		return id;
	}

	/** An answer came. One that nobody waits for any more is dropped. */
	void answered(Message response) {
		Pending pending = this.byId.get(response.id());
		if (pending == null) {
			return;
		}
		try {
			ErrorResponseException error = this.errors.read(pending.route, response);
			if (error != null) {
				fail(response.id(), error);
			}
			else {
				Object value = (pending.reader != null) ? pending.reader.read(response.body()) : null;
				if (take(response.id(), "success") != null) {
					pending.sink.success(value);
				}
			}
		}
		catch (RuntimeException ex) {
			fail(response.id(), ex);
		}
	}

	void fail(long id, RuntimeException reason) {
		Pending pending = take(id, outcome(reason));
		if (pending != null) {
			pending.sink.error(reason);
		}
	}

	private static String outcome(RuntimeException reason) {
		if (reason instanceof ErrorResponseException) {
			return "error";
		}
		return (reason instanceof RequestTimeoutException) ? "timeout" : "failure";
	}

	/** Fails those that wait, and all that are to come. */
	void end(NanoClientException reason) {
		this.ended = reason;
		this.byId.keySet().forEach((id) -> fail(id, reason));
	}

	private @Nullable Pending take(long id, String outcome) {
		Pending pending = this.byId.remove(id);
		if (pending != null) {
			this.count.decrementAndGet();
			pending.cancelTimer();
			if (this.metrics != null) {
				this.metrics.answered(pending.route, outcome, System.nanoTime() - pending.startNanos);
			}
		}
		return pending;
	}

	private static final class Pending {

		private final String route;

		private final @Nullable PayloadReader reader;

		private final MonoSink<Object> sink;

		private final long startNanos = System.nanoTime();

		private volatile @Nullable Future<?> timer;

		Pending(String route, @Nullable PayloadReader reader, MonoSink<Object> sink) {
			this.route = route;
			this.reader = reader;
			this.sink = sink;
		}

		void cancelTimer() {
			Future<?> present = this.timer;
			if (present != null) {
				present.cancel(false);
			}
		}

	}

}
