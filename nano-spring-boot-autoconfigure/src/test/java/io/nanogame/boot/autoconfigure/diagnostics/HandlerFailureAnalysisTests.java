package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.group.Groups;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The failure analysis of invalid handlers and components.
 */
@ExtendWith(OutputCaptureExtension.class)
class HandlerFailureAnalysisTests {

	@Test
	void anArgumentThatIsABeanIsReportedWithTheAction(CapturedOutput output) {
		fail(TakesGroups.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("TakesGroups.join(Session, Groups) cannot be a handler: Groups is a bean, not an argument")
			.contains("Change the method");
	}

	@Test
	void aPayloadThatCannotBeReadFromJsonIsReported(CapturedOutput output) {
		fail(TakesJob.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("its payload cannot be read: java.lang.Runnable cannot be read from JSON");
	}

	@Test
	void aConstraintThatFitsNoSuchArgumentIsNamed(CapturedOutput output) {
		fail(TakesNumber.class);
		assertThat(output).contains("APPLICATION FAILED TO START").contains("its constraints are not valid. HV000030");
	}

	@Test
	void aHandlerOfAPlainBeanIsNamed(CapturedOutput output) {
		fail(Plain.class);
		assertThat(output).contains("APPLICATION FAILED TO START").contains("Plain is not a @GameComponent");
	}

	@Test
	void aRouteWhosePlaceholderHasNoValueIsNamed(CapturedOutput output) {
		fail(NoSuchRoute.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("its route cannot be resolved. Could not resolve placeholder 'no.such'");
	}

	@Test
	void aComponentWhosePlaceholderHasNoValueIsNamed(CapturedOutput output) {
		fail(NoSuchName.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("cannot be a game component: its name or its lane cannot be resolved. ")
			.contains("Give the placeholder a value, or a default");
	}

	@Test
	void aPrototypeIsReportedWithTheAction(CapturedOutput output) {
		fail(Prototype.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("cannot be a game component: it must be a singleton")
			.contains("ScopedProxyMode.TARGET_CLASS");
	}

	private static void fail(Class<?> component) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(App.class, component).web(WebApplicationType.NONE)
				.properties("nano.server.port=0", "nano.server.address=127.0.0.1")
				.run()
				.close());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

	}

	@GameComponent
	static class TakesGroups {

		@Handler
		void join(Session session, Groups groups) {
		}

	}

	@GameComponent
	static class TakesJob {

		@Handler
		void run(Runnable job) {
		}

	}

	@GameComponent
	static class TakesNumber {

		@Handler
		void count(@Size(max = 5) int number) {
		}

	}

	static class Plain {

		@Handler
		void go() {
		}

	}

	@GameComponent
	static class NoSuchRoute {

		@Handler("${no.such}")
		void go() {
		}

	}

	@GameComponent("${no.such}")
	static class NoSuchName {

	}

	@GameComponent
	@Scope("prototype")
	static class Prototype {

	}

}
