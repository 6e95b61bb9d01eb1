package io.nanogame.spring.service;

import io.nanogame.route.RequestException;
import io.nanogame.service.ServiceException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceErrorsTests {

	private static String mapped(Throwable failure) {
		RequestException error = new ServiceErrors().map(failure);
		return (error != null) ? error.code() + " " + error.message() : "unexpected";
	}

	@Test
	void rejectionsAndUnavailableServicesAreReportedToClients() {
		assertThat(mapped(new ServiceException(409, "no money"))).isEqualTo("409 no money");
		assertThat(mapped(new ServiceException(ServiceException.NOT_THERE, "the bank")))
			.as("503 would mean that the handler has not started")
			.isEqualTo("502 service unavailable");
		assertThat(mapped(new ServiceException(ServiceException.NO_ANSWER, "the bank")))
			.isEqualTo("408 service timed out");
	}

	@Test
	void failuresAreNotMapped() {
		assertThat(mapped(new ServiceException(ServiceException.FAILED, "the bank"))).isEqualTo("unexpected");
		assertThat(mapped(new ServiceException(ServiceException.CYCLE, "pit → best → pit"))).isEqualTo("unexpected");
		assertThat(mapped(new IllegalStateException())).isEqualTo("unexpected");
	}

}
