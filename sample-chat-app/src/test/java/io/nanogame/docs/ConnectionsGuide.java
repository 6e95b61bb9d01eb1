package io.nanogame.docs;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.boot.autoconfigure.NanoServerCustomizer;
import io.nanogame.connection.PushSettings;
import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.net.AddressFilter;
import io.nanogame.net.OriginFilter;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.session.UpgradeRequest;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
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
		handshake.session().principal(player); // for handlers with a Principal
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

// tag::origins[]
@Component
class Partners implements OriginFilter {

	private final Set<String> origins = ConcurrentHashMap.newKeySet(); // such as
																		// https://partner.example

	@Override
	public boolean allows(String origin, UpgradeRequest request) { // must not block
		return this.origins.contains(origin);
	}

}
// end::origins[]

// tag::addresses[]
@Component
class Bans implements AddressFilter {

	private final Set<InetAddress> banned = ConcurrentHashMap.newKeySet();

	void ban(Session session) {
		if (session.remoteAddress() instanceof InetSocketAddress client) {
			this.banned.add(client.getAddress());
		}
		session.kick("banned");
	}

	@Override
	public boolean allows(InetAddress address) { // must not block
		return !this.banned.contains(address);
	}

}
// end::addresses[]

record Position(String player, int x, int y) {
}

// tag::latest[]
@GameComponent("world")
class World {

	private final Map<String, Position> positions = new ConcurrentHashMap<>();

	private final Group players;

	World(Groups groups) {
		this.players = groups.get("world");
	}

	@Handler
	void enter(Session session) {
		this.players.add(session);
		session.pushLatest("onWorld", this::positions);
	}

	@Handler
	void move(Position position) {
		this.positions.put(position.player(), position);
		this.players.pushLatest("onWorld", this::positions); // called once, now
	}

	private Collection<Position> positions() {
		return List.copyOf(this.positions.values());
	}

}
// end::latest[]

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
