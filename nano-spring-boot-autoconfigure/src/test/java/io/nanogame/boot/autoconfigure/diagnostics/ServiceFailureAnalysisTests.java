package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.boot.misfit.Misfit;
import io.nanogame.service.NanoService;
import io.nanogame.service.Services;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The failure analysis of invalid services, for callers and for implementations.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServiceFailureAnalysisTests {

	private static void fail(Class<?> app) {
		assertThatException().isThrownBy(() -> new SpringApplicationBuilder(app).web(WebApplicationType.NONE)
			.properties("nano.server.port=0", "nano.server.address=127.0.0.1")
			.run()
			.close());
	}

	private static void assertMisfitIsNamed(CapturedOutput output) {
		assertThat(output).contains("Misfit.greet() is a default method, which a service must not have.")
			.contains("Change io.nanogame.boot.misfit.Misfit")
			.contains("APPLICATION FAILED TO START")
			.doesNotContain("\tat ");
	}

	@Test
	void anInterfaceThatCannotBeAServiceIsNamedWhenItsCallerIsInjected(CapturedOutput output) {
		fail(Injecting.class);
		assertMisfitIsNamed(output);
	}

	@Test
	void anUnusedInterfaceThatCannotBeAServiceIsReported(CapturedOutput output) {
		fail(Scanning.class);
		assertMisfitIsNamed(output);
	}

	@Test
	void anInterfaceThatCannotBeAServiceIsNamedWhenABeanMakesACaller(CapturedOutput output) {
		fail(Asking.class);
		assertMisfitIsNamed(output);
	}

	@Test
	void aBeanWithAnInterfaceThatCannotBeAServiceIsNamed(CapturedOutput output) {
		fail(Offering.class);
		assertThat(output).contains("OwnMisfit").contains("is a default method").doesNotContain("\tat ");
	}

	@Test
	void anAnnotationAtTheClassInsteadOfTheInterfaceIsNamed(CapturedOutput output) {
		fail(AtTheClass.class);
		assertThat(output).contains("OwnBank' cannot be offered as a @NanoService: the annotation is at its class")
			.doesNotContain("\tat ");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackageClasses = Misfit.class)
	@Import(App.class)
	static class Scanning {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Scanning.class, Guest.class })
	static class Injecting {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ App.class, Caller.class })
	static class Asking {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ App.class, OwnMisfit.class })
	static class Offering {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ App.class, OwnBank.class })
	static class AtTheClass {

	}

	static class Guest {

		Guest(Misfit misfit) {
		}

	}

	static class Caller {

		Caller(Services services) {
			services.at(Misfit.class, "one");
		}

	}

	static class OwnMisfit implements Misfit {

	}

	interface Bank {

		int pay(int coins);

	}

	@NanoService("bank")
	static class OwnBank implements Bank {

		@Override
		public int pay(int coins) {
			return 0;
		}

	}

}
