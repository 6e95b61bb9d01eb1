package io.nanogame.cluster.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class LimitedLogTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(LimitedLogTests.class);

	private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

	private long nanos = 5;

	private final LimitedLog log = new LimitedLog(this.logger, 2, () -> this.nanos);

	@BeforeEach
	void start() {
		this.logged.start();
		this.logger.addAppender(this.logged);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.logged);
	}

	private List<String> lines() {
		return this.logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	@Test
	void aMinuteHasAFewLinesOfAKindAndTheNextOneTellsHowManyMoreThereWere() {
		for (int i = 0; i < 10; i++) {
			this.log.warn("Bad: {}", i);
			this.nanos += TimeUnit.SECONDS.toNanos(5);
		}
		this.log.warn("Worse");
		assertThat(lines()).containsExactly("Bad: 0", "Bad: 1", "Worse");
		this.nanos += TimeUnit.SECONDS.toNanos(10);
		this.log.warn("Bad: {}", 10);
		this.log.warn("Bad: {}", 11);
		this.log.warn("Bad: {}", 12);
		assertThat(lines()).endsWith("Bad: 10 (8 more of these were not logged)", "Bad: 11");
	}

	@Test
	void whatWasSentIsPrintedOnOneLineAndCut() {
		this.log.info("{} of {}", "a\u001b[2J\nb", new ArrayList<>(List.of("\r", "b".repeat(100))));
		assertThat(lines()).containsExactly("a\\u001b[2J\\u000ab of [\\u000d, " + "b".repeat(64) + "...]");
	}

	@Test
	void aFailureHasItsStackAndPrintsWhatItQuotes() {
		Exception cause = new IllegalStateException("c\nd");
		this.log.error("Failed", new IllegalArgumentException("a\u001bb", cause));
		ILoggingEvent event = this.logged.list.get(0);
		assertThat(event.getThrowableProxy().getMessage()).isEqualTo("java.lang.IllegalArgumentException: a\\u001bb");
		assertThat(event.getThrowableProxy().getStackTraceElementProxyArray()[0].getStackTraceElement().getMethodName())
			.isEqualTo("aFailureHasItsStackAndPrintsWhatItQuotes");
		assertThat(event.getThrowableProxy().getCause().getMessage())
			.isEqualTo("java.lang.IllegalStateException: c\\u000ad");
	}

}
