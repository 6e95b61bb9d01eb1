package io.nanogame.resume;

import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions without a connection, in the order in which their connections were cut.
 * Closes the first ones while there are too many. Thread-safe.
 */
final class DetachedSessions {

	private static final Logger log = LoggerFactory.getLogger(DetachedSessions.class);

	private final ResumeSettings settings;

	private final LongAdder totalBytes;

	private final AtomicLong tickets = new AtomicLong();

	private final ConcurrentNavigableMap<Long, Session> byTicket = new ConcurrentSkipListMap<>();

	private final AtomicInteger count = new AtomicInteger();

	private final LongAdder evicted;

	DetachedSessions(ResumeSettings settings, LongAdder totalBytes, LongAdder evicted) {
		this.settings = settings;
		this.totalBytes = totalBytes;
		this.evicted = evicted;
	}

	/** Adds a session. Returns the ticket to remove it with. */
	long add(Session session) {
		long ticket = this.tickets.incrementAndGet();
		this.byTicket.put(ticket, session);
		this.count.incrementAndGet();
		limit();
		return ticket;
	}

	void remove(long ticket) {
		if (this.byTicket.remove(ticket) != null) {
			this.count.decrementAndGet();
		}
	}

	/** Closes the first sessions while the limits are exceeded. */
	void limit() {
		while (this.count.get() > this.settings.maxSessions()
				|| this.totalBytes.sum() > this.settings.maxTotalBytes()) {
			Map.Entry<Long, Session> first = this.byTicket.pollFirstEntry();
			if (first == null) {
				return;
			}
			this.count.decrementAndGet();
			this.evicted.increment();
			log.debug("A session without a connection is closed, because there are too many: {}",
					first.getValue().id());
			first.getValue().close(CloseReason.RESUME_LIMIT);
		}
	}

	int count() {
		return this.count.get();
	}

}
