package io.nanogame.boot.test.room;

import java.util.Map;

import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.serialize.Serializer;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeValidator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that choose their serializer in the handshake.
 */
final class OtherClients implements HandshakeValidator {

	@Override
	public void validate(Handshake handshake) {
		String serializer = handshake.request().user().path("serializer").asString();
		if (!serializer.isEmpty()) {
			handshake.serializer(serializer);
		}
	}

	/** Returns clients with a serializer. */
	static NanoTestClient with(NanoTestClient players, Serializer serializer) {
		return players.user(Map.of("serializer", serializer.name())).serializer(serializer);
	}

	/** Logs a player in. */
	static TestPlayer login(TestPlayer player, String uid) {
		player.request(RoomDoor.BIND, JsonMapper.shared().writeValueAsBytes(uid)).expectResponse();
		return player;
	}

}
