package io.nanogame.boot.autoconfigure.actuate;

import java.time.Instant;

import io.nanogame.cluster.NodeDrain;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The progress of the drain of this node.
 *
 * @param state {@code serving}, {@code draining}, or {@code stopping} if the app stops
 * @param since when the drain began; null without one
 * @param drained whether no other node waits for this one any more
 * @param clients the sessions of clients that are connected to this node, and stay
 * @param copies the sessions of other nodes that this one knows; they stay, too
 * @param messages the messages of other nodes' clients that are queued or handled
 * @param calls the calls of services by other nodes that have no result
 */
public record ClusterDrain(String state, @Nullable Instant since, boolean drained, int clients, int copies,
		int messages, int calls) implements OperationResponseBody {

	static ClusterDrain of(NodeDrain.Progress progress) {
		return new ClusterDrain(Labels.of(progress.state()), progress.since(), progress.drained(), progress.clients(),
				progress.copies(), progress.messages(), progress.calls());
	}

}
