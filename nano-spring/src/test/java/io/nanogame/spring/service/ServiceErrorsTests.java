package io.nanogame.spring.service;

import io.nanogame.route.RequestException;
import io.nanogame.service.ServiceException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceErrorsTests {

	private static String told(Throwable failure) {
		RequestException answer = new ServiceErrors().map(failure);
		return (answer != null) ? answer.code() + " " + answer.words() : "unexpected";
	}

	@Test
	void clientsAreToldOfRefusalsAndThatAServiceIsNotThere() {
		assertThat(told(new ServiceException(409, "no money"))).isEqualTo("409 no money");
		assertThat(told(new ServiceException(ServiceException.NOT_THERE, "the bank")))
			.as("503 would say that the handler has not begun")
			.isEqualTo("502 service unavailable");
		assertThat(told(new ServiceException(ServiceException.NO_ANSWER, "the bank")))
			.isEqualTo("408 service timed out");
	}

	@Test
	void failuresAreUnexpected() {
		assertThat(told(new ServiceException(ServiceException.FAILED, "the bank"))).isEqualTo("unexpected");
		assertThat(told(new IllegalStateException())).isEqualTo("unexpected");
	}

}
