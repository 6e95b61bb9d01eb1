package io.nanogame.docs;

import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the starter brings Jackson's Blackbird module, and that bodies which a type
 * does not accept are answered 400 as without it.
 */
@SpringBootTest(classes = BlackbirdTests.App.class, webEnvironment = WebEnvironment.NONE,
		properties = { "nano.server.port=0", "spring.config.name=none" })
class BlackbirdTests {

	@Value("${local.nano.port}")
	private int gamePort;

	@EnableAutoConfiguration
	@Import(Shop.class)
	static class App {

	}

	@Test
	void theMapperOfTheAppHasTheModule(@Autowired JsonMapper mapper) {
		assertThat(mapper.registeredModules()).extracting(JacksonModule::getModuleName).contains("BlackbirdModule");
	}

	@Test
	void aBodyThatItsTypeDoesNotAcceptIsAnswered400() {
		try (RawClient client = RawClient.tcp(this.gamePort).handshake()) {
			client.request(1, "shop.buy", "{\"item\":\"sword\",\"count\":2}");
			assertThat(client.readResponse(1)).isEqualTo("{\"item\":\"sword\",\"total\":20}");
			String[] unacceptable = { "{\"item\":\"sword\",\"count\":-1}", "{\"item\":\"sword\",\"count\":null}",
					"{\"item\":\"sword\"}", "{\"item\":[],\"count\":1}", "{\"item\":\"sword\",\"count\":99999999999}",
					"{\"item\":" };
			for (int i = 0; i < unacceptable.length; i++) {
				client.request(2 + i, "shop.buy", unacceptable[i]);
				assertThat(client.readResponse(2 + i)).as(unacceptable[i]).contains("\"code\":400");
			}
		}
	}

	private record Order(String item, int count) {

		Order {
			if (count < 1) {
				throw new IllegalArgumentException("At least one");
			}
		}

	}

	private record Bill(String item, long total) {
	}

	@GameComponent("shop")
	static class Shop {

		@Handler
		Bill buy(Order order) {
			return new Bill(order.item(), order.count() * 10L);
		}

	}

}
