package io.nanogame.boot.autoconfigure.actuate;

import java.time.Instant;

import io.nanogame.cluster.NodeDrain;
import io.nanogame.cluster.handover.ClientDrain;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The progress of the drain of this node.
 *
 * @param state {@code serving}, {@code draining}, or {@code stopping} if the app stops
 * @param since when the drain began; null without one
 * @param drained whether no other node waits for this one any more
 * @param clients what has become of the clients of this node
 * @param copies the sessions of other nodes that this one knows; they stay, too
 * @param messages the messages of other nodes' clients that are queued or handled
 * @param calls the calls of services by other nodes that have no result
 */
public record ClusterDrain(String state, @Nullable Instant since, boolean drained, Clients clients, int copies,
		int messages, int calls) implements OperationResponseBody {

	static ClusterDrain of(NodeDrain.Progress progress) {
		return new ClusterDrain(Labels.of(progress.state()), progress.since(), progress.drained(),
				Clients.of(progress.clients()), progress.copies(), progress.messages(), progress.calls());
	}

	/**
	 * The clients of this node, since its drain began.
	 *
	 * @param left the sessions that have not left
	 * @param asked the clients that were asked to resume their sessions on another node
	 * @param moved the sessions that have left with their clients
	 * @param parked the sessions without a connection that have left
	 * @param closed the connections of clients that cannot resume
	 */
	public record Clients(int left, int asked, int moved, int parked, int closed) {

		static Clients of(ClientDrain.Progress progress) {
			return new Clients(progress.sessions(), progress.asked(), progress.moved(), progress.parked(),
					progress.closed());
		}

	}

}
