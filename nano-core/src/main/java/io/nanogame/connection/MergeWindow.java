package io.nanogame.connection;

import java.util.Collection;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.nanogame.session.MergedPushes;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.time.TimeSource;
import io.netty.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The merge window of one group on one loop. It opens with a push, and ends after the
 * time of its route, when no further push fits in, or when the caller ends it: before the
 * members change, and before another push. Then all its pushes are sent as one. Because
 * the window and the list of members belong to the loop, neither needs a lock, and the
 * members at the end of the window are those at each of its pushes. Confined to the loop.
 */
final class MergeWindow {

	private static final Logger log = LoggerFactory.getLogger(MergeWindow.class);

	private final OutputLoop loop;

	private final TimeSource time;

	private final MergedPushes pushes = new MergedPushes(() -> Integer.MAX_VALUE);

	/** The end of the open window; null while none is open. */
	private @Nullable Timeout timeout;

	MergeWindow(OutputLoop loop, TimeSource time) {
		this.loop = loop;
		this.time = time;
	}

	/** Adds a push; opens a window if none is open. */
	void add(OutboundMessage push, MergedRoute route, Collection<Session> members) {
		if (members.isEmpty()) {
			return;
		}
		if (!this.pushes.admits(push, route)) {
			end(members);
		}
		boolean first = this.pushes.isEmpty();
		this.pushes.add(push, route);
		if (this.pushes.isFull()) {
			end(members);
		}
		else if (first) {
			open(route, members);
		}
	}

	private void open(MergedRoute route, Collection<Session> members) {
		try {
			this.timeout = this.time.newTimeout((due) -> execute(() -> due(due, members)), route.window().toNanos(),
					TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException ex) {
			log.debug("The time has stopped; pushes are not merged any more");
			end(members);
		}
	}

	private void execute(Runnable task) {
		try {
			this.loop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			log.debug("The event loop has stopped; its output is dropped");
		}
	}

	private void due(Timeout due, Collection<Session> members) {
		if (this.timeout == due) {
			end(members);
		}
	}

	/**
	 * Ends the window, if one is open, and sends its pushes.
	 * @param members the members, which have not changed since the window was opened
	 */
	void end(Collection<Session> members) {
		if (this.timeout != null) {
			this.timeout.cancel();
			this.timeout = null;
		}
		if (!this.pushes.isEmpty()) {
			// Taken first, because a delivery may cause another push.
			OutboundMessage all = this.pushes.take();
			this.loop.deliver(new Broadcast(this.loop, all, members));
		}
	}

}
