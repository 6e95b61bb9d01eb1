package io.nanogame.boot.test.slice;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.boot.test.client.ErrorReply;
import io.nanogame.boot.test.client.Reply;
import io.nanogame.protocol.Message;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.serialize.Serializer;

/** The requests of a player in memory that have no reply yet. Thread-safe. */
final class PendingReplies {

	private final Serializer serializer;

	private final Map<Long, CompletableFuture<Reply>> pending = new ConcurrentHashMap<>();

	private final AtomicLong lastId = new AtomicLong();

	PendingReplies(Serializer serializer) {
		this.serializer = serializer;
	}

	/** Returns the id of a new request. */
	long add(CompletableFuture<Reply> reply) {
		long id = this.lastId.incrementAndGet();
		this.pending.put(id, reply);
		return id;
	}

	void complete(Message response) {
		CompletableFuture<Reply> reply = this.pending.remove(response.id());
		if (reply != null) {
			reply.complete(new Reply(response.body(), response.error() ? error(response.body()) : null));
		}
	}

	private ErrorReply error(byte[] body) {
		ErrorBody error = this.serializer.deserializeError(body);
		return new ErrorReply(Integer.parseInt(error.code().toString()), error.msg());
	}

	void failAll(String reason) {
		for (Long id : this.pending.keySet()) {
			CompletableFuture<Reply> reply = this.pending.remove(id);
			if (reply != null) {
				reply.completeExceptionally(new IllegalStateException(reason));
			}
		}
	}

}
