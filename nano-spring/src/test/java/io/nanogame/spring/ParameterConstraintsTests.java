package io.nanogame.spring;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.session.Session;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.validation.beanvalidation.MethodValidationPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Constraints at the parameters of handlers.
 */
class ParameterConstraintsTests {

	private final TestGame game = new TestGame(Chat.class, LocalValidatorFactoryBean.class);

	@AfterEach
	void close() {
		this.game.close();
	}

	private static String rejection(TestGame game, String route, String body) {
		RequestException[] thrown = new RequestException[1];
		assertThatExceptionOfType(RequestException.class).isThrownBy(() -> game.call(route, body))
			.satisfies((ex) -> thrown[0] = ex);
		assertThat(thrown[0].code()).isEqualTo(400);
		return thrown[0].message();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					chat.words    | ""                        | must not be blank
					chat.words    | "abcdefg"                 | size must be between 0 and 5
					chat.small    | 11                        | must be less than or equal to 10
					chat.few      | ["a","b","c"]             | size must be between 0 and 2
					chat.each     | ["a",""]                  | [1] must not be blank
					chat.deep     | {"a":["b",""]}            | [a][1] must not be blank
					chat.both     | [{"name":""},{"name":""}] | [0].name must not be blank; [1].name must not be blank; size must be between 0 and 1
					chat.composed | "abcdefg"                 | size must be between 0 and 5
					chat.whisper  | ""                        | must not be blank
					chat.strict   | "abc"                     | size must be between 0 and 2
					""")
	void aPayloadThatBreaksAConstraintIsAnswered400(String route, String body, String message) {
		assertThat(rejection(this.game, route, body)).isEqualTo(message);
		assertThat(this.game.context.getBean(Chat.class).calls).hasValue(0);
	}

	@Test
	void anArgumentOtherThanThePayloadIsNamed() {
		assertThat(rejection(this.game, "chat.member", "\"\"")).isEqualTo("must not be blank; who must not be null");
	}

	@Test
	void validArgumentsPass() throws Exception {
		assertThat(this.game.call("chat.words", "\"abc\"")).isEqualTo("abc");
		assertThat(this.game.call("chat.small", "10")).isEqualTo(10);
		assertThat(this.game.call("chat.both", "[{\"name\":\"a\"}]")).isEqualTo(1);
		assertThat(this.game.call("chat.loose", "\"abcd\"")).isEqualTo("abcd");
	}

	@Test
	void theGroupsOfTheMethodApplyToAValidatedPayload() throws Exception {
		assertThat(rejection(this.game, "chat.grouped", "{\"text\":\"too long\"}"))
			.isEqualTo("text size must be between 0 and 3");
	}

	@ParameterizedTest
	@ValueSource(classes = { ClassProxy.class, InterfaceProxy.class })
	void theBeanMayBeAProxy(Class<?> proxy) throws Exception {
		try (TestGame proxied = new TestGame(proxy, LocalValidatorFactoryBean.class)) {
			assertThat(rejection(proxied, "talking.talk", "\"\"")).isEqualTo("must not be blank");
			assertThat(proxied.call("talking.talk", "\"a\"")).isEqualTo("a");
		}
	}

	@Test
	void aMethodThatSpringValidatesFailsTheRequestWith400() throws Exception {
		try (TestGame validated = new TestGame(Intercepted.class, LocalValidatorFactoryBean.class,
				MethodValidation.class)) {
			assertThat(rejection(validated, "intercepted.say", "\"\"")).isEqualTo("must not be blank");
			assertThatExceptionOfType(jakarta.validation.ConstraintViolationException.class)
				.isThrownBy(() -> validated.call("intercepted.say", "\"nothing\""));
		}
	}

	interface Strict {

	}

	record Named(@NotBlank String name) {
	}

	record Grouped(@Size(max = 3, groups = Strict.class) String text) {
	}

	interface Whispering {

		@Handler
		void whisper(@NotBlank String text);

	}

	@GameComponent
	static class Chat implements Whispering {

		final AtomicInteger calls = new AtomicInteger();

		@Handler
		String words(@NotBlank @Size(max = 5) String w) {
			this.calls.incrementAndGet();
			return w;
		}

		@Handler
		int small(Session session, @Max(10) int number) {
			this.calls.incrementAndGet();
			return number;
		}

		@Handler
		void few(@Size(max = 2) List<String> list) {
			this.calls.incrementAndGet();
		}

		@Handler
		void each(List<@NotBlank String> list) {
			this.calls.incrementAndGet();
		}

		@Handler
		void deep(Map<String, List<@NotBlank String>> lists) {
			this.calls.incrementAndGet();
		}

		@Handler
		int both(@Valid @Size(max = 1) List<Named> names) {
			this.calls.incrementAndGet();
			return names.size();
		}

		@Handler
		void composed(@Short String text, Request request) {
			this.calls.incrementAndGet();
		}

		@Override
		public void whisper(String text) {
			this.calls.incrementAndGet();
		}

		@Handler
		@Validated(Strict.class)
		void strict(@Size(max = 2, groups = Strict.class) String text) {
			this.calls.incrementAndGet();
		}

		@Handler
		String loose(@Size(max = 2, groups = Strict.class) String text) {
			return text;
		}

		@Handler
		@Validated(Strict.class)
		void grouped(@Valid Grouped grouped) {
		}

		@Handler
		void member(@NotNull @Nullable Principal who, @NotBlank String text) {
		}

	}

	@GameComponent("talking")
	interface Talking {

		@Handler
		String talk(@NotBlank String text);

	}

	static class Talker implements Talking {

		@Override
		public String talk(String text) {
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClassProxy {

		@Bean
		Talker talker() {
			ProxyFactory proxy = new ProxyFactory(new Talker());
			proxy.setProxyTargetClass(true);
			return (Talker) proxy.getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceProxy {

		@Bean
		Talking talker() {
			return (Talking) new ProxyFactory(new Talker()).getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MethodValidation {

		@Bean
		static MethodValidationPostProcessor methodValidation() {
			MethodValidationPostProcessor processor = new MethodValidationPostProcessor();
			processor.setProxyTargetClass(true);
			return processor;
		}

	}

	@GameComponent
	@Validated
	static class Intercepted {

		@Handler
		@NotNull
		@Nullable String say(@NotBlank String text) {
			return text.equals("nothing") ? null : text;
		}

	}

}
