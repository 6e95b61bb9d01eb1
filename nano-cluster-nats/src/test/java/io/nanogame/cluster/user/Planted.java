package io.nanogame.cluster.user;

import com.google.protobuf.CodedInputStream;
import io.nats.client.Connection;
import org.jspecify.annotations.Nullable;

/** Breaks rules: knows NATS, and bytes. */
public final class Planted {

	@Nullable Connection connection;

	@Nullable CodedInputStream bytes;

	private Planted() {
	}

}
