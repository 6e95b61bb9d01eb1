package io.nanogame.docs;

import java.security.Principal;
import java.util.Map;

import io.nanogame.boot.autoconfigure.NanoServerCustomizer;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.transport.PushSettings;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

// tag::validator[]
@Component
class TokenCheck implements HandshakeValidator {

	@Override
	public void validate(Handshake handshake) { // on a worker thread: may block
		if ("0.0.0".equals(handshake.request().client().version())) {
			throw new HandshakeRefusedException(HandshakeRefusedException.CLIENT_VERSION, "please update");
		}
		String token = handshake.request().user(Credentials.class).token();
		if (token == null) {
			return; // a guest
		}
		Principal player = login(token);
		handshake.session().principal(player); // for handlers that take a Principal
		handshake.session().bind(player.getName());
		handshake.answerWith(Map.of("name", player.getName())); // "user" in the reply
	}

	private static Principal login(String token) {
		if (!token.startsWith("token-of-")) {
			throw new HandshakeRefusedException("log in first");
		}
		return () -> token.substring("token-of-".length());
	}

}

record Credentials(@Nullable String token) {
}
// end::validator[]

record Position(String player, int x, int y) {
}

@Configuration(proxyBeanMethods = false)
class ConnectionsGuide {

	// tag::customizer[]
	@Bean
	NanoServerCustomizer backlog() {
		return (server) -> server.option(ChannelOption.SO_BACKLOG, 4096);
	}
	// end::customizer[]

	// tag::key[]
	@Bean
	PushSettings.Key positionsByPlayer() {
		return (route, value) -> (value instanceof Position position) ? position.player() : null;
	}
	// end::key[]

}
