package io.nanogame.spring.web.servlet;

import java.time.Duration;
import java.util.Map;

import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import org.apache.tomcat.websocket.BackgroundProcess;

import org.springframework.util.ClassUtils;

/**
 * Sets the time-outs of Tomcat's WebSockets. Other containers have time-outs of their
 * own.
 */
final class ContainerTimeouts {

	private static final boolean TOMCAT = ClassUtils.isPresent("org.apache.tomcat.websocket.BackgroundProcess",
			ContainerTimeouts.class.getClassLoader());

	/** In milliseconds. */
	private static final String SEND = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

	/** How long Tomcat waits for the client's close frame, in milliseconds. */
	private static final String CLOSE = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

	/**
	 * As on the game port. Tomcat's default of 30 seconds would keep the memory of
	 * connections whose clients are already gone.
	 */
	private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

	private ContainerTimeouts() {
	}

	/**
	 * Limits the time that a client may take.
	 * @param session an open session
	 * @param sendLimit to receive a message
	 */
	static void limit(Session session, Duration sendLimit) {
		Map<String, Object> properties = session.getUserProperties();
		properties.put(SEND, sendLimit.toMillis());
		properties.put(CLOSE, CLOSE_LIMIT.toMillis());
		if (TOMCAT) {
			Tomcat.checkEverySecond(session.getContainer());
		}
	}

	/** Loaded on Tomcat only. */
	private static final class Tomcat {

		/** By default Tomcat checks every ten seconds whether time-outs have elapsed. */
		static void checkEverySecond(WebSocketContainer container) {
			if (container instanceof BackgroundProcess checks) {
				checks.setProcessPeriod(1);
			}
		}

	}

}
