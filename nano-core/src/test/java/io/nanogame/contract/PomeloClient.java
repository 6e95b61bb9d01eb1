package io.nanogame.contract;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;

/**
 * A client of the protocol {@code pomelo} that reads error flags.
 */
record PomeloClient(RawClient wire) implements ProtocolClient {

	@Override
	public ProtocolClient handshake() {
		this.wire.send(RawClient.packet(RawPacket.HANDSHAKE, new byte[0])).sendHex("02000000");
		RawPacket reply = this.wire.read();
		if (!reply.text().contains("\"code\":200")) {
			throw new AssertionError(reply.text());
		}
		return this;
	}

	@Override
	public void request(long id, String route, String body) {
		this.wire.request(id, route, body);
	}

	@Override
	public void notify(String route, String body) {
		this.wire.notify(route, body);
	}

	@Override
	public void sendInvalid() {
		this.wire.send(new byte[] { 9, 9, 9, 9 });
	}

	@Override
	public Received read() {
		try {
			RawPacket packet = this.wire.readData();
			if (packet.type() == RawPacket.HANDSHAKE) {
				return new Received(Kind.REFUSAL, 0, "", packet.text());
			}
			if (packet.type() == RawPacket.KICK) {
				return Received.farewell(packet.text().replaceAll(".*\"reason\":\"([^\"]*)\".*", "$1"));
			}
			if (packet.isPush()) {
				return Received.push(packet.route(), packet.payload());
			}
			// A client without a description reads no error flag.
			return packet.payload().startsWith("{\"code\":") ? Received.error(packet.id(), packet.payload())
					: Received.response(packet.id(), packet.payload());
		}
		catch (RawClient.ClosedException ex) {
			return Received.end();
		}
	}

}
