package io.nanogame.boot.test;

import java.util.Map;

import io.nanogame.boot.autoconfigure.NanoProperties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.MergedContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

class RandomGamePortContextCustomizerTests {

	@ParameterizedTest
	@CsvSource({ "nano.listeners.pages,pages", "nano.listeners.my-pages,my-pages", "nano.listeners.Pages,Pages",
			"nano.listeners.[pages.v2],pages.v2", "nano.listeners[my pages],my pages" })
	void aListenerKeepsItsOtherKeysWhateverItsName(String prefix, String name) {
		GenericApplicationContext context = new GenericApplicationContext();
		context.getEnvironment()
			.getPropertySources()
			.addLast(new MapPropertySource("app",
					Map.of(prefix + ".port", "3251", prefix + ".protocols", "json", "nano.server.port", "3250")));
		new RandomGamePortContextCustomizer().customizeContext(context,
				new MergedContextConfiguration(getClass(), null, null, null, null));
		NanoProperties properties = Binder.get(context.getEnvironment()).bind("nano", NanoProperties.class).get();
		assertThat(properties.server().port()).isZero();
		assertThat(properties.listeners()).containsOnlyKeys(name);
		assertThat(properties.listeners().get(name).port()).isZero();
		assertThat(properties.listeners().get(name).protocols()).containsExactly("json");
	}

}
