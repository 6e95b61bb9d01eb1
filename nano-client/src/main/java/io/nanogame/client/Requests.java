package io.nanogame.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.protocol.Message;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.SerializationException;
import io.nanogame.serialize.Serializer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** The requests of one connection that are not answered. Any thread. */
final class Requests {

	/** How this server's and pomelo's errors begin towards clients that know no mark. */
	private static final byte[] ERROR_BEGINS = { '{', '"', 'c', 'o', 'd', 'e', '"', ':' };

	private static final int LOWEST_ERROR = 400;

	private final Map<Long, Pending> byId = new ConcurrentHashMap<>();

	private final AtomicLong lastId = new AtomicLong();

	private final AtomicInteger count = new AtomicInteger();

	private final EventLoop loop;

	private final int most;

	private final Serializer serializer;

	private volatile @Nullable NanoClientException ended;

	Requests(EventLoop loop, int most, Serializer serializer) {
		this.loop = loop;
		this.most = most;
		this.serializer = serializer;
	}

	/**
	 * Waits for an answer from now on.
	 * @param reader of the answer; {@code null} if nobody wants to see it
	 * @return the id to ask with, or 0 if the sink has failed already
	 */
	long add(String route, @Nullable PayloadReader reader, Duration timeout, MonoSink<Object> sink) {
		if (this.count.incrementAndGet() > this.most) {
			this.count.decrementAndGet();
			sink.error(new ClientOverloadedException("%d requests wait for their answers".formatted(this.most)));
			return 0;
		}
		long id = this.lastId.incrementAndGet();
		Future<?> timer = this.loop.schedule(() -> fail(id, new RequestTimeoutException(route, timeout)),
				timeout.toNanos(), TimeUnit.NANOSECONDS);
		this.byId.put(id, new Pending(route, reader, sink, timer));
		sink.onDispose(() -> take(id));
		NanoClientException reason = this.ended;
		if (reason != null) {
			fail(id, reason);
			return 0;
		}
		return id;
	}

	/** An answer came. One that nobody waits for any more is dropped. */
	void answered(Message response) {
		Pending pending = take(response.id());
		if (pending == null) {
			return;
		}
		try {
			ErrorBody error = error(response);
			if (error != null) {
				pending.sink.error(new ErrorResponseException(pending.route, error.code(), error.msg()));
			}
			else if (pending.reader != null) {
				pending.sink.success(pending.reader.read(response.body()));
			}
			else {
				pending.sink.success();
			}
		}
		catch (RuntimeException ex) {
			pending.sink.error(ex);
		}
	}

	private @Nullable ErrorBody error(Message response) {
		if (response.error()) {
			return this.serializer.deserializeError(response.body());
		}
		if (!beginsAsError(response.body())) {
			return null;
		}
		try {
			ErrorBody body = this.serializer.deserializeError(response.body());
			return (body.code() instanceof Integer code && code >= LOWEST_ERROR) ? body : null;
		}
		catch (SerializationException ex) {
			return null;
		}
	}

	private static boolean beginsAsError(byte[] body) {
		for (int i = 0; i < ERROR_BEGINS.length; i++) {
			if (i >= body.length || body[i] != ERROR_BEGINS[i]) {
				return false;
			}
		}
		return true;
	}

	void fail(long id, RuntimeException reason) {
		Pending pending = take(id);
		if (pending != null) {
			pending.sink.error(reason);
		}
	}

	/** Fails those that wait, and all that are to come. */
	void end(NanoClientException reason) {
		this.ended = reason;
		this.byId.keySet().forEach((id) -> fail(id, reason));
	}

	private @Nullable Pending take(long id) {
		Pending pending = this.byId.remove(id);
		if (pending != null) {
			this.count.decrementAndGet();
			pending.timer.cancel(false);
		}
		return pending;
	}

	private record Pending(String route, @Nullable PayloadReader reader, MonoSink<Object> sink, Future<?> timer) {
	}

}
