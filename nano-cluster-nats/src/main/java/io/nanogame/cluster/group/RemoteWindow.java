package io.nanogame.cluster.group;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.MergedPushes;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.OutboundMessage;
import io.nanogame.time.TimeSource;
import io.netty.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The merge window of one group for the members on other nodes, which are sent one frame
 * for all its pushes. Pushes are published under the lock, so that no other one overtakes
 * them. Thread-safe.
 */
final class RemoteWindow {

	private static final Logger log = LoggerFactory.getLogger(RemoteWindow.class);

	private static final LimitedLog LIMITED_LOG = new LimitedLog(log);

	private final TimeSource time;

	private final Executor later;

	private final Consumer<OutboundMessage> publish;

	// Guarded by this

	private final MergedPushes pushes;

	private @Nullable Timeout timeout;

	/**
	 * Creates a window, which opens with the first push.
	 * @param time ends windows
	 * @param later publishes at the end of a window
	 * @param maxLength the maximum length of a push that can be published, in bytes
	 * @param publish publishes a push; must not block
	 */
	RemoteWindow(TimeSource time, Executor later, IntSupplier maxLength, Consumer<OutboundMessage> publish) {
		this.time = time;
		this.later = later;
		this.publish = publish;
		this.pushes = new MergedPushes(maxLength);
	}

	/**
	 * Adds a push of a merged route.
	 * @throws SerializationException when it is longer than a message may be
	 */
	synchronized void merge(OutboundMessage push, MergedRoute route) {
		if (!this.pushes.admits(push, route)) {
			end();
		}
		boolean first = this.pushes.isEmpty();
		this.pushes.add(push, route);
		if (first && this.pushes.isFull()) {
			this.publish.accept(this.pushes.take());
		}
		else if (this.pushes.isFull()) {
			end();
		}
		else if (first) {
			open(route);
		}
	}

	private void open(MergedRoute route) {
		try {
			this.timeout = this.time.newTimeout(this::due, route.window().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException ex) {
			log.debug("The time has stopped; pushes are not merged any more");
			end();
		}
	}

	private void due(Timeout expired) {
		try {
			this.later.execute(() -> endOf(expired));
		}
		catch (RejectedExecutionException ex) {
			log.debug("The node has stopped; its pushes are dropped");
		}
	}

	private synchronized void endOf(Timeout expired) {
		if (this.timeout == expired) {
			end();
		}
	}

	/**
	 * Publishes a push after the merged ones.
	 * @throws SerializationException when it is longer than a message may be
	 */
	synchronized void push(OutboundMessage push) {
		end();
		this.publish.accept(push);
	}

	/**
	 * Ends the window, if one is open, and publishes its pushes as one. If they are too
	 * long, that is logged: the caller may have sent none of them.
	 */
	synchronized void end() {
		if (this.timeout != null) {
			this.timeout.cancel();
			this.timeout = null;
		}
		if (!this.pushes.isEmpty()) {
			publishMerged(this.pushes.take());
		}
	}

	private void publishMerged(OutboundMessage merged) {
		try {
			this.publish.accept(merged);
		}
		catch (SerializationException ex) {
			LIMITED_LOG.error("Merged pushes to {} were not sent to other nodes", ex, merged.route());
		}
	}

}
