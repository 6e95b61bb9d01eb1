package io.nanogame.spring;

import java.util.List;
import java.util.Map;

import io.nanogame.route.RequestException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The validation of payloads.
 */
class PayloadValidationTests {

	private final TestGame game = new TestGame(Shop.class, LocalValidatorFactoryBean.class);

	@AfterEach
	void close() {
		this.game.close();
	}

	private String rejection(String route, String body) {
		RequestException[] thrown = new RequestException[1];
		assertThatExceptionOfType(RequestException.class).isThrownBy(() -> this.game.call(route, body))
			.satisfies((ex) -> thrown[0] = ex);
		assertThat(thrown[0].code()).isEqualTo(400);
		return thrown[0].message();
	}

	@Test
	void aValidPayloadPasses() throws Exception {
		assertThat(this.game.call("shop.buy", "{\"name\":\"sword\",\"count\":1}")).isEqualTo("sword");
	}

	@Test
	void aViolationIsReportedWithItsPath() {
		assertThat(rejection("shop.buy", "{\"name\":\"\",\"count\":1}")).isEqualTo("name must not be blank");
	}

	@Test
	void theValueIsNotReported() {
		assertThat(rejection("shop.buy", "{\"name\":\"secret\",\"count\":-77}"))
			.isEqualTo("count must be greater than or equal to 1");
	}

	@Test
	void severalViolationsAreReportedInOrder() {
		assertThat(rejection("shop.buy", "{\"name\":\"\",\"count\":0}"))
			.isEqualTo("count must be greater than or equal to 1; name must not be blank");
	}

	@Test
	void ofManyViolationsTheFirstThreeAreReported() {
		assertThat(rejection("shop.order",
				"{\"items\":[{\"name\":\"\",\"count\":1},{\"name\":\"\",\"count\":0},"
						+ "{\"name\":\"\",\"count\":0}]}"))
			.isEqualTo("items[0].name must not be blank; items[1].count must be greater than or equal to 1; "
					+ "items[1].name must not be blank; and 2 more");
	}

	@Test
	void aFieldThatSpringCannotReadIsValidated() {
		assertThat(rejection("shop.fields", "{\"inner\":[{\"text\":\"\"}]}"))
			.isEqualTo("inner[0].text must not be blank");
	}

	@Test
	void theElementsOfAContainerAreValidated() throws Exception {
		assertThat(rejection("shop.all", "[{\"name\":\"a\",\"count\":1},null,{\"name\":\"\",\"count\":1}]"))
			.isEqualTo("[2].name must not be blank");
		assertThat(rejection("shop.each", "[{\"name\":\"\",\"count\":1}]")).isEqualTo("[0].name must not be blank");
		assertThat(rejection("shop.array", "[{\"name\":\"\",\"count\":1}]")).isEqualTo("[0].name must not be blank");
		assertThat(rejection("shop.byPlace", "{\"hand\":{\"name\":\"\",\"count\":1}}"))
			.isEqualTo("[hand].name must not be blank");
		assertThat(this.game.call("shop.all", "[{\"name\":\"a\",\"count\":1}]")).isEqualTo(1);
	}

	@Test
	void aConstraintOfTheWholeClassHasNoPath() {
		assertThat(rejection("shop.whole", "{}")).isEqualTo("cannot be");
	}

	@Test
	void groupsAreRespected() throws Exception {
		assertThat(this.game.call("shop.grouped", "{\"text\":\"much too long\"}")).isEqualTo("much too long");
		assertThat(rejection("shop.strict", "{\"text\":\"much too long\"}"))
			.isEqualTo("text size must be between 0 and 3");
	}

	@Test
	void withoutTheAnnotationNothingIsValidated() throws Exception {
		assertThat(this.game.call("shop.steal", "{\"name\":\"\",\"count\":0}")).isEqualTo("");
	}

	@Test
	void anAnnotationOfAnInterfaceApplies() {
		assertThat(rejection("shop.sell", "{\"name\":\"\",\"count\":1}")).isEqualTo("name must not be blank");
	}

	@Test
	void aValidatedPayloadWithoutAValidatorIsRefusedAtStartup() {
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> new TestGame(Shop.class))
			.withMessageContaining("spring-boot-starter-validation");
	}

	record Item(@NotBlank String name, @Min(1) int count) {
	}

	record Order(List<@Valid Item> items) {
	}

	static class Outer {

		public List<@Valid Inner> inner = List.of();

	}

	static class Inner {

		@NotBlank
		public String text = "";

	}

	@Never
	static class Whole {

	}

	interface Strict {

	}

	record Grouped(@Size(max = 3, groups = Strict.class) String text) {
	}

	interface Selling {

		@Handler
		String sell(@Valid Item item);

	}

	@GameComponent
	static class Shop implements Selling {

		@Handler
		String buy(@Valid Item item) {
			return item.name();
		}

		@Handler
		void order(@Valid Order order) {
		}

		@Handler
		void fields(@Valid Outer outer) {
		}

		@Handler
		int all(@Valid List<Item> items) {
			return items.size();
		}

		@Handler
		void each(List<@Valid Item> items) {
		}

		@Handler
		void array(@Valid Item[] items) {
		}

		@Handler
		void byPlace(@Valid Map<String, Item> items) {
		}

		@Handler
		void whole(@Valid Whole whole) {
		}

		@Handler
		String grouped(@Validated Grouped grouped) {
			return grouped.text();
		}

		@Handler
		void strict(@Validated(Strict.class) Grouped grouped) {
		}

		@Handler
		String steal(Item item) {
			return item.name();
		}

		@Override
		public String sell(Item item) {
			return item.name();
		}

	}

}
