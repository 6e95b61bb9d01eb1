package io.nanogame.docs;

import java.net.SocketAddress;
import java.time.Duration;

import io.nanogame.observe.HandlerObserver;
import io.nanogame.observe.ServerEvents;
import io.nanogame.session.CloseReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

// tag::events[]
@Component
class Watchman implements ServerEvents {

	private static final Logger log = LoggerFactory.getLogger(Watchman.class);

	private static final long SLOW = Duration.ofMillis(200).toNanos();

	@Override
	public void connectionEnded(SocketAddress address, String transport, CloseReason reason) {
		log.info("No session for {}: {}", address, reason.code());
	}

	@Override
	public HandlerObserver handler(String route) { // called once for each route
		return (session, outcome, nanos) -> {
			if (nanos > SLOW) {
				log.warn("{} of {} took {} ms: {}", route, session, nanos / 1_000_000, outcome);
			}
		};
	}

}
// end::events[]
