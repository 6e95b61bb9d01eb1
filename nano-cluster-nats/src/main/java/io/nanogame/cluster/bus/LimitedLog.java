package io.nanogame.cluster.bus;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.nanogame.protocol.ClientText;
import io.nanogame.time.RealTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * A log of what other nodes cause. Whoever can publish in NATS can cause any number of
 * lines, so there are a few of each kind in a minute; the rest is counted, and the next
 * line says how many they were. All arguments are printed as {@link ClientText} does, but
 * numbers, and up to {@value #MOST_ELEMENTS} elements of a collection. Any thread.
 */
public final class LimitedLog {

	/** Enough to see what is wrong; a stranger who sends more adds nothing. */
	private static final int FEW = 10;

	private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

	private static final int MOST_ELEMENTS = 20;

	private final Logger log;

	private final int most;

	private final LongSupplier nanoTime;

	/** By format: formats stand in the code, so they are few. */
	private final Map<String, Line> lines = new ConcurrentHashMap<>();

	/**
	 * A log with at most ten lines of a kind in a minute.
	 * @param log where they are written
	 */
	public LimitedLog(Logger log) {
		this(log, FEW);
	}

	/**
	 * A log.
	 * @param log where lines are written
	 * @param most how many lines of a kind are written in a minute
	 */
	public LimitedLog(Logger log, int most) {
		this(log, most, RealTime::nanoTime);
	}

	LimitedLog(Logger log, int most, LongSupplier nanoTime) {
		this.log = log;
		this.most = most;
		this.nanoTime = nanoTime;
	}

	public void info(String format, @Nullable Object... arguments) {
		write(Level.INFO, format, null, arguments);
	}

	public void warn(String format, @Nullable Object... arguments) {
		write(Level.WARN, format, null, arguments);
	}

	/**
	 * Logs an error with its stack.
	 * @param format the line, with <code>{}</code> for each argument; its kind
	 * @param failure what happened; its message may quote what was sent
	 * @param arguments of the line
	 */
	public void error(String format, @Nullable Throwable failure, @Nullable Object... arguments) {
		write(Level.ERROR, format, failure, arguments);
	}

	private void write(Level level, String format, @Nullable Throwable failure, @Nullable Object... arguments) {
		long leftOut = this.lines.computeIfAbsent(format, (line) -> new Line())
			.next(this.nanoTime.getAsLong(), this.most);
		if (leftOut < 0) {
			return;
		}
		Object[] printed = Arrays.stream(arguments).map(LimitedLog::printable).toArray();
		String more = (leftOut > 0) ? " (%d more of these were not logged)".formatted(leftOut) : "";
		this.log.atLevel(level).setCause((failure != null) ? printable(failure) : null).log(format + more, printed);
	}

	private static Object printable(@Nullable Object argument) {
		if (argument instanceof Number) {
			return argument;
		}
		if (argument instanceof Collection<?> elements) {
			return elements.stream().limit(MOST_ELEMENTS).map(LimitedLog::printable).toList();
		}
		return ClientText.printable(String.valueOf(argument));
	}

	/** The same stack, and the same causes. */
	private static Throwable printable(Throwable failure) {
		Throwable cause = failure.getCause();
		Throwable printed = new Throwable(ClientText.printable(failure.toString()),
				(cause != null) ? printable(cause) : null);
		printed.setStackTrace(failure.getStackTrace());
		return printed;
	}

	/** How often a line was written in the present minute. */
	private static final class Line {

		private long beganNanos;

		private int written;

		private long leftOut;

		/**
		 * How many were left out before the next one; negative when that is left out,
		 * too.
		 */
		synchronized long next(long now, int most) {
			if (this.written == 0 || now - this.beganNanos >= MINUTE_NANOS) {
				this.beganNanos = now;
				this.written = 0;
			}
			if (this.written == most) {
				this.leftOut++;
				return -1;
			}
			this.written++;
			long before = this.leftOut;
			this.leftOut = 0;
			return before;
		}

	}

}
