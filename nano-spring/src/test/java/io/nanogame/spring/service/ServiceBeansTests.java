package io.nanogame.spring.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.observe.ServerEvents;
import io.nanogame.service.NanoService;
import io.nanogame.service.ServiceException;
import io.nanogame.service.Services;
import io.nanogame.trace.Tracing;
import jakarta.validation.constraints.NotBlank;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.MethodValidationPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Services as beans, offered and injected.
 */
class ServiceBeansTests {

	private final ExecutorService workers = Executors.newFixedThreadPool(2);

	private final Lanes lanes = new Lanes(this.workers, 100);

	private final Timers timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(1));

	private final Services services = new Services(this.lanes, this.timers, Duration.ofSeconds(10),
			List.of(new MonoAnswer()), ServerEvents.NONE, Tracing.NONE);

	@AfterEach
	void stop() {
		this.timers.stop();
		this.workers.shutdownNow();
	}

	private AnnotationConfigApplicationContext context(Class<?>... beans) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.getBeanFactory().registerSingleton("services", this.services);
		new ServiceCallers(new StandardEnvironment(), new DefaultResourceLoader()).register(getClass().getPackageName(),
				context.getDefaultListableBeanFactory());
		if (beans.length > 0) {
			context.register(beans);
		}
		context.refresh();
		return context;
	}

	private ServiceBeans offer(AnnotationConfigApplicationContext context) {
		ServiceBeans beans = new ServiceBeans(context, this.services);
		beans.offer();
		return beans;
	}

	@Test
	void aCallerIsInjectedByTheInterfaceOfTheService() {
		try (AnnotationConfigApplicationContext context = context(Door.class)) {
			Door door = context.getBean(Door.class);
			assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> door.greetings.greet("Ann"))
				.withMessage("Nobody offers the service 'greetings'");
			this.services.offer(Greetings.class, new Polite());
			assertThat(door.greetings.greet("Ann")).isEqualTo("Good morning, Ann");
		}
	}

	@Test
	void aBeanThatImplementsTheServiceIsOfferedAndCalledThroughACaller() {
		try (AnnotationConfigApplicationContext context = context(Door.class, Polite.class)) {
			offer(context);
			Door door = context.getBean(Door.class);
			assertThat(Services.isCaller(door.greetings)).isTrue();
			assertThat(door.greetings.greet("Ann")).isEqualTo("Good morning, Ann");
			assertThat(context.getBean(Door.class).greetings).isNotSameAs(context.getBean(Polite.class));
		}
	}

	@Test
	void aProxiedBeanIsCalledThroughItsProxy() {
		try (AnnotationConfigApplicationContext context = context(Door.class, Proxied.class)) {
			offer(context);
			assertThat(context.getBean(Door.class).greetings.greet("Ann")).isEqualTo("Good morning, Ann!");
		}
	}

	@Test
	void servicesAreWithdrawnWhenTheAppStops() {
		try (AnnotationConfigApplicationContext context = context(Polite.class)) {
			ServiceBeans beans = offer(context);
			assertThat(this.services.names()).containsExactly("greetings");
			beans.withdraw();
			assertThat(this.services.names()).isEmpty();
		}
	}

	@Test
	void eachSubscriptionOfAMonoIsACall() {
		try (AnnotationConfigApplicationContext context = context(Door.class, Polite.class)) {
			offer(context);
			Polite polite = context.getBean(Polite.class);
			Mono<String> reply = context.getBean(Door.class).greetings.greetLater("Ann");
			assertThat(polite.calls).isZero();
			polite.reply.tryEmitValue("later");
			assertThat(reply.block(Duration.ofSeconds(5))).isEqualTo("later");
			assertThat(reply.block(Duration.ofSeconds(5))).isEqualTo("later");
			assertThat(polite.calls).isEqualTo(2);
		}
	}

	@Test
	void cancellingAMonoCancelsTheCall() {
		try (AnnotationConfigApplicationContext context = context(Door.class, Polite.class)) {
			offer(context);
			Polite polite = context.getBean(Polite.class);
			Disposable call = context.getBean(Door.class).greetings.greetLater("Ann").subscribe();
			await().until(() -> polite.reply.currentSubscriberCount() == 1);
			call.dispose();
			await().until(() -> polite.reply.currentSubscriberCount() == 0);
		}
	}

	@Test
	void twoBeansOfTheSameServiceAreRefused() {
		try (AnnotationConfigApplicationContext context = context(Polite.class, Proxied.class)) {
			assertThatIllegalStateException().isThrownBy(() -> offer(context))
				.withMessageContaining(
						"cannot be offered as a @NanoService: This node already offers the service 'greetings'");
		}
	}

	@Test
	void aBeanThatIsNotASingletonIsRefused() {
		try (AnnotationConfigApplicationContext context = context(Prototype.class)) {
			assertThatIllegalStateException().isThrownBy(() -> offer(context))
				.withMessage("Bean 'greeter' cannot be offered as a @NanoService: it must be a singleton, "
						+ "or its scope must give it a proxy (proxyMode)");
		}
	}

	@Test
	void uncheckedConstraintsAreRefused() {
		try (AnnotationConfigApplicationContext context = context(Strict.class)) {
			assertThatExceptionOfType(InvalidServiceException.class).isThrownBy(() -> offer(context))
				.withMessageContaining(
						"its methods have constraints that are not checked; add @Validated to the class");
		}
	}

	@Test
	void constraintsThatSpringChecksAreAllowed() {
		try (AnnotationConfigApplicationContext context = context(Validating.class, MethodValidation.class)) {
			offer(context);
			Careful careful = this.services.any(Careful.class);
			assertThat(careful.count("a")).isOne();
			assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> careful.count(""));
		}
	}

	@Test
	void thePlaceholdersOfANameAreResolved() {
		Services named = new Services(this.lanes, this.timers, Duration.ofSeconds(10),
				(name) -> name.replace("${name}", "greetings"), List.of(), ServerEvents.NONE, Tracing.NONE);
		named.offer(Placed.class, () -> {
		});
		assertThat(named.names()).containsExactly("greetings");
	}

	@NanoService("${name}")
	interface Placed {

		void greet();

	}

	@NanoService("careful")
	interface Careful {

		int count(@NotBlank String text);

	}

	static class Strict implements Careful {

		@Override
		public int count(String text) {
			return text.length();
		}

	}

	@Validated
	static class Validating extends Strict {

	}

	@Configuration(proxyBeanMethods = false)
	static class MethodValidation {

		@Bean
		static MethodValidationPostProcessor methodValidation() {
			return new MethodValidationPostProcessor();
		}

	}

	static final class Door {

		final Greetings greetings;

		Door(Greetings greetings) {
			this.greetings = greetings;
		}

	}

	static class Polite implements Greetings {

		final Sinks.One<String> reply = Sinks.one();

		volatile int calls;

		@Override
		public String greet(String name) {
			return "Good morning, " + name;
		}

		@Override
		public Mono<String> greetLater(String name) {
			this.calls++;
			return this.reply.asMono();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Proxied {

		@Bean
		Greetings greeter() {
			ProxyFactory proxies = new ProxyFactory(new Polite());
			proxies.addAdvice((MethodInterceptor) (call) -> call.proceed() + "!");
			return (Greetings) proxies.getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Prototype {

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		Polite greeter() {
			return new Polite();
		}

	}

}
