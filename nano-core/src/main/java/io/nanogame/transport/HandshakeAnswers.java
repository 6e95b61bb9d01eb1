package io.nanogame.transport;

import java.time.Clock;

import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.session.HandshakeRefusedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server's answers to handshakes, as packets. The common ones are made once a second:
 * with a large dictionary they are long. Any thread.
 */
final class HandshakeAnswers {

	/** Clients of pitaya know no other refusal. */
	private static final int PITAYA_REFUSED = 400;

	private final JsonMapper json = JsonMapper.shared();

	private final int heartbeatSeconds;

	private final String serializer;

	private final RouteDictionary dictionary;

	private final Clock clock;

	private volatile Common common = new Common(-1, new byte[0], new byte[0]);

	HandshakeAnswers(int heartbeatSeconds, String serializer, RouteDictionary dictionary, Clock clock) {
		this.heartbeatSeconds = heartbeatSeconds;
		this.serializer = serializer;
		this.dictionary = dictionary;
		this.clock = clock;
	}

	byte[] accepted(ClientInfo client, @Nullable Object user) {
		long now = this.clock.instant().getEpochSecond();
		if (user != null) {
			return packet(now, this.json.valueToTree(user), client);
		}
		Common present = this.common;
		if (present.second != now) {
			present = new Common(now, packet(now, null, PITAYA), packet(now, null, ClientInfo.UNKNOWN));
			this.common = present;
		}
		return client.pitaya() ? present.pitaya : present.others;
	}

	byte[] refused(ClientInfo client, int code, String words) {
		int told = (client.pitaya() && code == HandshakeRefusedException.REFUSED) ? PITAYA_REFUSED : code;
		return Packets.packet(PacketType.HANDSHAKE, HandshakeResponse.refused(told, words).toJson(client));
	}

	private byte[] packet(long now, @Nullable JsonNode user, ClientInfo client) {
		HandshakeResponse response = HandshakeResponse.accepted(this.heartbeatSeconds, now, this.serializer,
				this.dictionary, user);
		return Packets.packet(PacketType.HANDSHAKE, response.toJson(client));
	}

	private static final ClientInfo PITAYA = new ClientInfo("", "", "pitaya", "pitaya", "");

	private record Common(long second, byte[] pitaya, byte[] others) {
	}

}
