package io.nanogame.net;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * What the server logs as a warning or an error. A client must not be able to cause any:
 * a log that strangers can fill is of no use to anybody.
 */
final class Complaints extends AppenderBase<ILoggingEvent> {

	/** Of each thread its own: the server of a test before may not have ended yet. */
	private final ThreadLocal<List<String>> lines = ThreadLocal.withInitial(ArrayList::new);

	static Complaints listen() {
		Complaints complaints = new Complaints();
		complaints.start();
		((Logger) LoggerFactory.getLogger("io.nanogame")).addAppender(complaints);
		return complaints;
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
			String cause = (event.getThrowableProxy() != null) ? event.getThrowableProxy().getClassName() : "";
			this.lines.get().add(event.getFormattedMessage() + " " + cause);
		}
	}

	/** What this thread has logged since the last time. */
	List<String> take() {
		List<String> taken = List.copyOf(this.lines.get());
		this.lines.get().clear();
		return taken;
	}

}
