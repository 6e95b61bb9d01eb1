package io.nanogame.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Records what all loggers of the server log, from its creation until it is closed.
 */
public final class RecordedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private static final Logger ROOT = (Logger) LoggerFactory.getLogger("io.nanogame");

	private final Level before = ROOT.getLevel();

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final Function<ILoggingEvent, Stream<String>> text;

	/**
	 * Starts recording.
	 * @param level the lowest level that is logged meanwhile
	 * @param text returns the lines that are recorded of an event
	 */
	public RecordedLog(Level level, Function<ILoggingEvent, Stream<String>> text) {
		this.text = text;
		ROOT.setLevel(level);
		start();
		ROOT.addAppender(this);
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.text.apply(event).forEach(this.lines::add);
	}

	/**
	 * Returns the recorded lines.
	 * @return a live list; safe to iterate while lines are logged
	 */
	public List<String> lines() {
		return this.lines;
	}

	@Override
	public void close() {
		ROOT.detachAppender(this);
		ROOT.setLevel(this.before);
	}

}
