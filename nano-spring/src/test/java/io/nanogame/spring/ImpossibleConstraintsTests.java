package io.nanogame.spring;

import java.util.List;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.validation.annotation.Validated;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Constraints that could never be checked are rejected at startup.
 */
class ImpossibleConstraintsTests {

	private static String problem(Class<?>... beans) {
		String[] problem = new String[1];
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> new TestGame(beans))
			.satisfies((ex) -> problem[0] = ex.problem());
		return problem[0];
	}

	@Test
	void constraintsWithoutAValidatorEndTheStart() {
		assertThat(problem(Words.class))
			.isEqualTo("its arguments are constrained, but there is no validator; add spring-boot-starter-validation");
		assertThat(problem(Elements.class)).startsWith("its arguments are constrained");
	}

	@ParameterizedTest
	@ValueSource(classes = { Misfit.class, MisfitInside.class })
	void aConstraintThatCannotBeCheckedOnSuchATypeEndsTheStart(Class<?> component) {
		assertThat(problem(component, LocalValidatorFactoryBean.class)).startsWith("its constraints are not valid. ")
			.contains("jakarta.validation.constraints.Size", "java.lang.Integer");
	}

	@Test
	void aConstraintThatAnInterfaceDoesNotAllowEndsTheStart() {
		assertThat(problem(Stricter.class, LocalValidatorFactoryBean.class))
			.startsWith("its constraints are not valid. ")
			.contains("HV000151");
	}

	@Test
	void aResultWithAnUncheckedConstraintEndsTheStart() {
		String expected = "its result is constrained, but only arguments are validated; "
				+ "with @Validated on the class Spring validates results, too";
		assertThat(problem(Result.class, LocalValidatorFactoryBean.class)).isEqualTo(expected);
		assertThat(problem(Result.class)).isEqualTo(expected);
		assertThat(problem(Unintercepted.class, LocalValidatorFactoryBean.class)).isEqualTo(expected);
	}

	@GameComponent
	static class Words {

		@Handler
		void words(@NotBlank String text) {
		}

	}

	@GameComponent
	static class Elements {

		@Handler
		void words(Map<String, List<@NotBlank String>> text) {
		}

	}

	@GameComponent
	static class Misfit {

		@Handler
		void number(@Size(max = 5) int number) {
		}

	}

	record Sized(@Size(max = 5) Integer number) {
	}

	record Outer(List<@Valid Sized> inner) {
	}

	@GameComponent
	static class MisfitInside {

		@Handler
		void number(@Valid Outer outer) {
		}

	}

	interface Lax {

		void say(String text);

	}

	@GameComponent
	static class Stricter implements Lax {

		@Handler
		@Override
		public void say(@NotBlank String text) {
		}

	}

	@GameComponent
	static class Result {

		@Handler
		@NotNull
		String say() {
			return "";
		}

	}

	@GameComponent
	@Validated
	static class Unintercepted {

		@Handler
		@NotNull
		String say() {
			return "";
		}

	}

}
