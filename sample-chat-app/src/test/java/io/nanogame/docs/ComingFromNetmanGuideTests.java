package io.nanogame.docs;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawLengthIdClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the components of the guide with clients of netman's packets.
 */
class ComingFromNetmanGuideTests {

	@Test
	void netmansClientsAreServed() {
	}

}
