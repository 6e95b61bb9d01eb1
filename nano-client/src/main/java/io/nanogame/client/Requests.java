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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.MonoSink;

/** The requests in flight of one session. Thread-safe. */
final class Requests {

	private static final Logger log = LoggerFactory.getLogger(Requests.class);

	private final Map<Long, Pending> byId = new ConcurrentHashMap<>();

	private final AtomicLong lastId = new AtomicLong();

	private final AtomicInteger count = new AtomicInteger();

	private final EventLoop loop;

	private final int max;

	private final ErrorResponses errors;

	private final @Nullable ClientMetrics metrics;

	private volatile @Nullable NanoClientException ended;

	Requests(EventLoop loop, ClientSettings settings) {
		this.loop = loop;
		this.max = settings.maxRequestsInFlight();
		this.errors = new ErrorResponses(settings.payloads());
		this.metrics = settings.metrics();
	}

	/**
	 * Registers a request before it is sent.
	 * @param reader reads the response; {@code null} to ignore its body
	 * @return the id of the request, or 0 if the sink has failed already
	 */
	long add(String route, @Nullable PayloadReader reader, Duration timeout, MonoSink<Object> sink) {
		if (this.count.incrementAndGet() > this.max) {
			this.count.decrementAndGet();
			sink.error(new ClientOverloadedException(
					"%d requests are in flight, which is the limit set by NanoClientBuilder.maxRequestsInFlight"
						.formatted(this.max)));
			return 0;
		}
		long id = this.lastId.incrementAndGet();
		Pending pending = new Pending(route, reader, sink);
		this.byId.put(id, pending);
		// Only now: a short time-out could fire before the request is registered.
		pending.timer = this.loop.schedule(() -> fail(id, new RequestTimeoutException(route, timeout)),
				timeout.toNanos(), TimeUnit.NANOSECONDS);
		sink.onDispose(() -> remove(id, "cancelled"));
		NanoClientException reason = this.ended;
		if (reason != null) {
			fail(id, reason);
			return 0;
		}
		return id;
	}

	/** Completes the request of a response. A late response is dropped. */
	void complete(Message response) {
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
				if (remove(response.id(), "success") != null) {
					pending.sink.success(value);
				}
			}
		}
		catch (RuntimeException ex) {
			fail(response.id(), ex);
		}
	}

	boolean isPending(long id) {
		return this.byId.containsKey(id);
	}

	/** Fails a request to which the server will not reply. */
	void noReply(long id) {
		Pending pending = this.byId.get(id);
		if (pending != null) {
			fail(id, new NoReplyException(pending.route));
		}
	}

	/** Fails a request. A subscriber that throws does not affect other requests. */
	void fail(long id, RuntimeException reason) {
		Pending pending = remove(id, outcome(reason));
		if (pending != null) {
			try {
				pending.sink.error(reason);
			}
			catch (Throwable ex) {
				Exceptions.throwIfJvmFatal(ex);
				log.error("A subscriber of a request to {} failed", pending.route, ex);
			}
		}
	}

	private static String outcome(RuntimeException reason) {
		if (reason instanceof ErrorResponseException) {
			return "error";
		}
		return (reason instanceof RequestTimeoutException) ? "timeout" : "failure";
	}

	/**
	 * Notes that a request is written now.
	 * @return whether it is pending; otherwise there is no need to write it
	 */
	boolean written(long id) {
		Pending pending = this.byId.get(id);
		if (pending == null) {
			return false;
		}
		pending.written = true;
		return true;
	}

	/**
	 * Fails the requests in flight because their session was lost.
	 * @param keepUnsent whether those that were not written remain
	 */
	void lose(NanoClientException reason, boolean keepUnsent) {
		boolean byDecision = reason instanceof KickedException || reason instanceof ClientClosedException;
		NanoClientException unsent = byDecision ? reason : new NotConnectedException(ClientState.lost(reason));
		this.byId.forEach((id, pending) -> {
			if (pending.written) {
				fail(id, byDecision ? reason : new OutcomeUnknownException(pending.route, reason));
			}
			else if (!keepUnsent) {
				fail(id, unsent);
			}
		});
	}

	/** Fails the requests in flight and all later ones. */
	void end(NanoClientException reason) {
		this.ended = reason;
		this.byId.keySet().forEach((id) -> fail(id, reason));
	}

	private @Nullable Pending remove(long id, String outcome) {
		Pending pending = this.byId.remove(id);
		if (pending != null) {
			this.count.decrementAndGet();
			pending.cancelTimer();
			if (this.metrics != null) {
				this.metrics.requestEnded(pending.route, outcome, System.nanoTime() - pending.startNanos);
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

		/** Only in a session that can be resumed. */
		private volatile boolean written;

		Pending(String route, @Nullable PayloadReader reader, MonoSink<Object> sink) {
			this.route = route;
			this.reader = reader;
			this.sink = sink;
		}

		void cancelTimer() {
			Future<?> current = this.timer;
			if (current != null) {
				current.cancel(false);
			}
		}

	}

}
