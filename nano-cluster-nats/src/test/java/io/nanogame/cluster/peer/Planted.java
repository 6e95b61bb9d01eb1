package io.nanogame.cluster.peer;

import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.connection.Traffic;
import org.jspecify.annotations.Nullable;

/** Breaks rules: knows what is above it, and the transport. */
public final class Planted {

	static @Nullable ClusterNodes changes;

	@Nullable Traffic traffic;

	private Planted() {
	}

}
