package io.nanogame.observe;

import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the failures of one listener, which may come with every message: the first as an
 * error, further ones at debug level. Thread-safe.
 */
final class Guard {

	private static final Logger log = LoggerFactory.getLogger(Guard.class);

	private final String name;

	private final AtomicBoolean failed = new AtomicBoolean();

	/**
	 * Creates the guard of a listener.
	 * @param name the name of the listener in the log
	 */
	Guard(String name) {
		this.name = name;
	}

	void failed(Throwable failure) {
		if (this.failed.compareAndSet(false, true)) {
			log.error("The listener {} failed; its further failures are logged at debug level", this.name, failure);
		}
		else {
			log.debug("The listener {} failed", this.name, failure);
		}
	}

}
