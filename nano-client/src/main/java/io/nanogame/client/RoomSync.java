package io.nanogame.client;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Requests the whole state of a room, and again after two seconds, until it is stopped.
 * Confined to the tasks of the rooms.
 */
final class RoomSync {

	private static final Logger log = LoggerFactory.getLogger(RoomSync.class);

	static final Duration INTERVAL = Duration.ofSeconds(2);

	private final NanoClient client;

	private final String route;

	private final SerialTasks tasks;

	private final Scheduler timer;

	/** Set while the whole state is requested. */
	private @Nullable Disposable next;

	RoomSync(NanoClient client, String kind, SerialTasks tasks, Scheduler timer) {
		this.client = client;
		this.route = kind + ".sync";
		this.tasks = tasks;
		this.timer = timer;
	}

	/** Requests the state, unless it is requested already. */
	void start() {
		if (this.next == null) {
			request();
		}
	}

	void stop() {
		if (this.next != null) {
			this.next.dispose();
			this.next = null;
		}
	}

	private void request() {
		this.next = Mono.delay(INTERVAL, this.timer).subscribe((done) -> this.tasks.execute(this::requestAgain));
		// A request that waits for a resume is still under way.
		if (this.client.state().isConnected()) {
			try {
				this.client.notify(this.route, null);
			}
			catch (NanoClientException ex) {
				log.debug("{} could not be sent", this.route, ex);
			}
		}
	}

	private void requestAgain() {
		if (this.next != null) {
			request();
		}
	}

}
