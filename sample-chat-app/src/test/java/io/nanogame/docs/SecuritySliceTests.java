package io.nanogame.docs;

import java.util.Map;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.test.context.ActiveProfiles;

/**
 * Tests the logins of the security guide in a slice.
 */
@NanoTest
@ActiveProfiles("security")
class SecuritySliceTests {

	@Autowired
	private NanoTestClient players;

	@Test
	void aPlayerLogsInByToken() {
		this.players.user(Map.of("token", "ann"))
			.connect()
			.request("self.player")
			.expectResponse(String.class)
			.isEqualTo("Ann");
	}

	@Test
	void anUnknownTokenIsRejected() {
		this.players.user(Map.of("token", "eve")).expectRefused();
	}

	@Test
	void rolesAreChecked() {
		this.players.connect().request("guild.enter").expectError(401);
		this.players.user(Map.of("token", "ann")).connect().request("guild.disband").expectError(403);
		this.players.user(Map.of("token", "max")).connect().request("guild.disband").expectResponse();
	}

	@SpringBootConfiguration
	@ComponentScan(useDefaultFilters = false, includeFilters = @Filter(type = FilterType.REGEX,
			pattern = "io\\.nanogame\\.docs\\.(GuildComponent|SelfComponent|PlayerLogins|PlayerTokens|PlayerUid)"))
	static class App {

	}

}
