package io.nanogame.cluster.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import io.nanogame.memory.MemoryClient;
import io.nanogame.memory.MemoryTransport;
import io.nanogame.plain.JsonProtocol;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the json protocol in memory.
 */
final class ModelClient implements MemoryClient.Receiver {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Consumer<Frame> receiver;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private final MemoryClient end;

	private int lastId;

	private boolean closed;

	ModelClient(MemoryTransport transport, Consumer<Frame> receiver) {
		this.receiver = receiver;
		this.end = transport.connect(JsonProtocol.NAME, this);
	}

	boolean isClosed() {
		return this.closed;
	}

	/** Opens the session after validators have accepted the data. */
	void handshake(Object user) {
		send("{\"handshake\":%s}".formatted(JSON.writeValueAsString(user)));
	}

	/** Returns the id of the request. */
	int request(String route, Object body) {
		int id = ++this.lastId;
		send("{\"route\":\"%s\",\"id\":%d,\"body\":%s}".formatted(route, id, JSON.writeValueAsString(body)));
		return id;
	}

	void notify(String route, Object body) {
		send("{\"route\":\"%s\",\"body\":%s}".formatted(route, JSON.writeValueAsString(body)));
	}

	private void send(String text) {
		this.end.send((text + "\n").getBytes(StandardCharsets.UTF_8));
	}

	void close() {
		this.end.close();
	}

	/** The process of the server has ended, and with it the socket. */
	void lost() {
		this.closed = true;
	}

	@Override
	public void received(byte[] bytes) {
		for (byte next : bytes) {
			if (next == '\n') {
				this.receiver.accept(Frame.read(JSON.readTree(this.line.toByteArray())));
				this.line.reset();
			}
			else {
				this.line.write(next);
			}
		}
	}

	@Override
	public void closed() {
		this.closed = true;
	}

	/**
	 * A message of the server.
	 *
	 * @param id the id of the request; 0 for a push
	 * @param route the route of a push, or null
	 * @param code the code of an error, or null
	 * @param body the body of a response or push
	 */
	record Frame(int id, @Nullable String route, @Nullable String code, JsonNode body) {

		static Frame read(JsonNode json) {
			JsonNode error = json.path("error");
			return new Frame(json.path("id").asInt(0), json.path("route").asString(null),
					error.path("code").asString(null), json.path("body"));
		}

	}

}
