package io.nanogame.cluster.wire;

import io.nanogame.cluster.node.Nodes;
import io.nanogame.transport.Traffic;
import org.jspecify.annotations.Nullable;

/** Breaks rules: knows what is above it, and the transport. */
public final class Planted {

	static @Nullable Nodes changes;

	@Nullable Traffic traffic;

	private Planted() {
	}

}
