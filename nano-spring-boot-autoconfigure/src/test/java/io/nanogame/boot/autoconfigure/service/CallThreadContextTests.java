package io.nanogame.boot.autoconfigure.service;

import io.nanogame.boot.autoconfigure.NanoAutoConfiguration;
import io.nanogame.boot.autoconfigure.security.NanoSecurityAutoConfiguration;
import io.nanogame.service.NanoService;
import io.nanogame.service.Services;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a service sees of the thread that calls it and waits.
 */
class CallThreadContextTests {

	private final ApplicationContextRunner app = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				NanoAutoConfiguration.class, NanoServiceAutoConfiguration.class, NanoSecurityAutoConfiguration.class));

	@AfterEach
	void clear() {
		SecurityContextHolder.clearContext();
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionSynchronizationManager.clear();
		}
	}

	private Seen call(Services services) {
		services.offer(Witness.class,
				() -> new Seen(Thread.currentThread(), SecurityContextHolder.getContext().getAuthentication(),
						TransactionSynchronizationManager.isSynchronizationActive()));
		return services.any(Witness.class).look();
	}

	@Test
	void aServiceDoesNotSeeTheLoginOfItsCaller() {
		this.app.run((context) -> {
			Authentication ann = new TestingAuthenticationToken("ann", "");
			SecurityContextHolder.getContext().setAuthentication(ann);
			Seen seen = call(context.getBean(Services.class));
			assertThat(seen.thread()).isEqualTo(Thread.currentThread());
			assertThat(seen.login()).isNull();
			assertThat(SecurityContextHolder.getContext().getAuthentication()).isEqualTo(ann);
		});
	}

	/** A handler that logs its client in keeps the context that reads the session. */
	@Test
	void aCallerWithoutALoginKeepsItsContext() {
		this.app.run((context) -> {
			SecurityContext before = new SecurityContextImpl();
			SecurityContextHolder.setContext(before);
			Seen seen = call(context.getBean(Services.class));
			assertThat(seen.thread()).isEqualTo(Thread.currentThread());
			assertThat(SecurityContextHolder.getContext()).isSameAs(before);
		});
	}

	@Test
	void aServiceDoesNotJoinTheTransactionOfItsCaller() {
		this.app.run((context) -> {
			TransactionSynchronizationManager.initSynchronization();
			Seen seen = call(context.getBean(Services.class));
			assertThat(seen.thread()).isNotEqualTo(Thread.currentThread());
			assertThat(seen.inTransaction()).isFalse();
		});
	}

	@NanoService("witness")
	interface Witness {

		Seen look();

	}

	private record Seen(Thread thread, @Nullable Authentication login, boolean inTransaction) {
	}

}
