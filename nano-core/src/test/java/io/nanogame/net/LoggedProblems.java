package io.nanogame.net;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Collects the warnings and errors that the server logs. A client must not be able to
 * cause any, because it could fill the log.
 */
final class LoggedProblems extends AppenderBase<ILoggingEvent> {

	/**
	 * One list for each thread, because the server of a previous test may still be
	 * running.
	 */
	private final ThreadLocal<List<String>> lines = ThreadLocal.withInitial(ArrayList::new);

	static LoggedProblems listen() {
		LoggedProblems problems = new LoggedProblems();
		problems.start();
		((Logger) LoggerFactory.getLogger("io.nanogame")).addAppender(problems);
		return problems;
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
			String cause = (event.getThrowableProxy() != null) ? event.getThrowableProxy().getClassName() : "";
			this.lines.get().add(event.getFormattedMessage() + " " + cause);
		}
	}

	/** Returns what this thread has logged since the last call. */
	List<String> take() {
		List<String> taken = List.copyOf(this.lines.get());
		this.lines.get().clear();
		return taken;
	}

}
