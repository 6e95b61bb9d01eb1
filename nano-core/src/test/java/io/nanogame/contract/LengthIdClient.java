package io.nanogame.contract;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

import io.nanogame.test.RawClient;
import io.nanogame.test.RawLengthIdClient;
import io.nanogame.test.RawLengthIdClient.Packet;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the protocol {@code length-id}. It matches replies to requests by their
 * order, and drops those to messages that were sent as notifies.
 */
final class LengthIdClient implements ProtocolClient {

	static final Map<String, Long> IDS = ids();

	static final long ERROR = 99;

	private static final int UNKNOWN = 98;

	/** A handler without a result, which sends no reply. */
	private static final String SILENT = "test.kick";

	private static final long NOTIFY = 0;

	private final RawLengthIdClient client;

	private final Queue<Long> pending = new ArrayDeque<>();

	LengthIdClient(RawLengthIdClient client) {
		this.client = client;
	}

	private static Map<String, Long> ids() {
		Map<String, Long> ids = new HashMap<>();
		for (String route : "test.echo test.fastEcho test.count test.pushes test.fail test.later test.wait test.kick "
			.concat("test.join onNumber onNews")
			.split(" ")) {
			ids.put(route, ids.size() + 1L);
		}
		return ids;
	}

	@Override
	public ProtocolClient handshake() {
		return this;
	}

	@Override
	public void request(long id, String route, String body) {
		synchronized (this.pending) {
			this.pending.add(id);
		}
		this.client.send(IDS.getOrDefault(route, (long) UNKNOWN).intValue(), body);
	}

	@Override
	public void notify(String route, String body) {
		if (route.equals(SILENT)) {
			this.client.send(IDS.get(route).intValue(), body);
		}
		else {
			request(NOTIFY, route, body);
		}
	}

	@Override
	public void sendTooLong(int bytes) {
		this.client.sendHeader(bytes, IDS.get("test.count").intValue());
	}

	@Override
	public void sendInvalid() {
		this.client.sendHeader(-1, 1);
	}

	@Override
	public Received read() {
		try {
			Packet packet = this.client.read();
			String push = push(packet.id());
			if (push != null) {
				return Received.push(push, packet.text());
			}
			return reply(packet);
		}
		catch (RawClient.ClosedException ex) {
			return Received.end();
		}
	}

	private Received reply(Packet packet) {
		Long request;
		synchronized (this.pending) {
			request = this.pending.poll();
		}
		if (request == null) {
			return Received.farewell(JsonMapper.shared().readTree(packet.body()).get("msg").asString());
		}
		if (request == NOTIFY) {
			return read();
		}
		return (packet.id() == ERROR) ? Received.error(request, packet.text())
				: Received.response(request, packet.text());
	}

	private static String push(int id) {
		return IDS.keySet()
			.stream()
			.filter((route) -> route.startsWith("on") && IDS.get(route) == id)
			.findFirst()
			.orElse(null);
	}

	@Override
	public RawClient wire() {
		return this.client.wire();
	}

}
