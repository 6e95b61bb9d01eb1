package io.nanogame.contract;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawJsonClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the protocol {@code json}.
 */
record JsonClient(RawJsonClient client) implements ProtocolClient {

	@Override
	public ProtocolClient handshake() {
		String reply = this.client.send("{\"handshake\":{}}").read();
		if (!reply.equals("{\"handshake\":{\"code\":200}}")) {
			throw new AssertionError(reply);
		}
		return this;
	}

	@Override
	public void request(long id, String route, String body) {
		this.client.send("{\"route\":\"" + route + "\",\"id\":" + id + ",\"body\":" + body + "}");
	}

	@Override
	public void notify(String route, String body) {
		this.client.send("{\"route\":\"" + route + "\",\"body\":" + body + "}");
	}

	@Override
	public void sendInvalid() {
		this.client.send("{\"route\":1}");
	}

	@Override
	public Received read() {
		try {
			return received(JsonMapper.shared().readTree(this.client.read()));
		}
		catch (RawClient.ClosedException ex) {
			return Received.end();
		}
	}

	private static Received received(JsonNode message) {
		if (message.has("kick")) {
			return Received.farewell(message.get("kick").get("reason").asString());
		}
		if (message.has("route")) {
			return Received.push(message.get("route").asString(), message.get("body").toString());
		}
		if (message.has("error")) {
			return new Received(message.has("id") ? Kind.ERROR : Kind.REFUSAL, message.path("id").asLong(0), "",
					message.get("error").toString());
		}
		return Received.response(message.get("id").asLong(), message.get("body").toString());
	}

	@Override
	public RawClient wire() {
		return this.client.wire();
	}

}
