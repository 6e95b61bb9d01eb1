package io.nanogame.cluster.user;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.CodedInputStream;
import io.nats.client.Connection;
import org.jspecify.annotations.Nullable;

/** Breaks rules: knows NATS, and bytes, and the time of the system. */
public final class Planted {

	@Nullable Connection connection;

	@Nullable CodedInputStream bytes;

	private Planted() {
	}

	CompletableFuture<Long> time() {
		return new CompletableFuture<Long>().completeOnTimeout(System.nanoTime(), 1, TimeUnit.SECONDS);
	}

}
