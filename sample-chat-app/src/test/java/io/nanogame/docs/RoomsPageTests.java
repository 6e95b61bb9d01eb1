package io.nanogame.docs;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.nanogame.spring.room.Rooms;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the page about rooms.
 */
class RoomsPageTests {

	@Test
	void thePageHasTheFileWithTheMessages() throws Exception {
		try (InputStream file = Rooms.class.getResourceAsStream("/META-INF/nano/nano-rooms.proto")) {
			assertThat(Page.of(Page.DOCS.resolve("rooms.md")).blocks("protobuf"))
				.containsExactly(new String(file.readAllBytes(), StandardCharsets.UTF_8));
		}
	}

}
