package io.nanogame.test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that can resume its session. Counts, keeps and confirms packets as the
 * protocol demands. Blocks; used by one thread.
 */
public final class RawResumingClient implements AutoCloseable {

	private static final int TOKEN_LENGTH = 32;

	private final Deque<byte[]> unconfirmed = new ArrayDeque<>();

	private RawClient client;

	private String token = "";

	private long received;

	private long sent;

	/** Why the session is lost; empty if the last reply has no reason. */
	private String code = "";

	/**
	 * Creates a client that has sent nothing yet.
	 * @param connected its first connection
	 */
	public RawResumingClient(RawClient connected) {
		this.client = connected;
	}

	/**
	 * Begins the first session.
	 * @return this
	 */
	public RawResumingClient open() {
		expect("new", shakeHands("{}"));
		return this;
	}

	/**
	 * Resumes the session, and sends again what the server has not received.
	 * @param connected the next connection
	 * @return this
	 */
	public RawResumingClient resume(RawClient connected) {
		expect("resumed", ask(connected));
		this.unconfirmed.forEach(this.client::send);
		acknowledge();
		return this;
	}

	/**
	 * Asks for the session. The acknowledgement of the handshake follows at once.
	 * @param connected the next connection
	 * @return the state in the reply: {@code resumed} or {@code lost}
	 */
	public String ask(RawClient connected) {
		this.client = connected;
		return shakeHands("{\"token\":\"" + this.token + "\",\"received\":" + this.received + "}");
	}

	private String shakeHands(String resume) {
		this.client
			.send(RawClient.packet(RawPacket.HANDSHAKE, utf8("{\"sys\":{\"resume\":" + resume + "},\"user\":{}}")));
		String json = this.client.read().text();
		this.token = field(json, "token");
		if (this.token.length() != TOKEN_LENGTH) {
			throw new AssertionError("No token in " + json);
		}
		this.code = field(json, "code");
		long confirmed = Long.parseLong(field(json, "received"));
		while (this.unconfirmed.size() > this.sent - confirmed) {
			this.unconfirmed.remove();
		}
		this.client.send(RawClient.packet(2, new byte[0]));
		return field(json, "state");
	}

	/** Returns a field of {@code sys.resume}; empty if it is absent. */
	private static String field(String json, String name) {
		String resume = json.substring(json.indexOf("\"resume\""));
		Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(resume);
		return matcher.find() ? matcher.group(1) : "";
	}

	private static void expect(String expected, String state) {
		if (!state.equals(expected)) {
			throw new AssertionError("Expected the state " + expected + " but was " + state);
		}
	}

	/**
	 * Sends a message, and keeps it.
	 * @param packet a DATA packet
	 * @return this
	 */
	public RawResumingClient send(byte[] packet) {
		this.client.send(packet);
		return lose(packet);
	}

	/**
	 * Keeps a message that the connection does not transfer.
	 * @param packet a DATA packet
	 * @return this
	 */
	public RawResumingClient lose(byte[] packet) {
		this.sent++;
		this.unconfirmed.add(packet);
		return this;
	}

	/**
	 * Sends a request.
	 * @param id its id
	 * @param route the route
	 * @param body the payload
	 * @return this
	 */
	public RawResumingClient request(long id, String route, String body) {
		return send(RawClient.packet(RawPacket.DATA, RawClient.message(0, id, route, utf8(body))));
	}

	/**
	 * Sends a heartbeat.
	 * @return this
	 */
	public RawResumingClient acknowledge() {
		return acknowledge(this.received);
	}

	/**
	 * Sends a heartbeat.
	 * @param count the number of packets it claims to have received
	 * @return this
	 */
	public RawResumingClient acknowledge(long count) {
		this.client.send(RawClient.packet(RawPacket.HEARTBEAT, ByteBuffer.allocate(8).putLong(count).array()));
		return this;
	}

	/**
	 * Reads the heartbeat of the server.
	 * @return the number of packets that the server has received
	 */
	public long readAcknowledgement() {
		RawPacket packet = this.client.read();
		if (packet.type() != RawPacket.HEARTBEAT || packet.body().length != 8) {
			throw new AssertionError("Expected a heartbeat with a number, but got " + packet);
		}
		return ByteBuffer.wrap(packet.body()).getLong();
	}

	/**
	 * Reads the next message. Skips heartbeats.
	 * @return the text after its route or id
	 */
	public String read() {
		RawPacket packet = this.client.read();
		while (packet.type() == RawPacket.HEARTBEAT) {
			packet = this.client.read();
		}
		if (packet.type() != RawPacket.DATA) {
			throw new AssertionError("Expected a message, but got " + packet);
		}
		this.received++;
		byte[] body = packet.body();
		int head = packet.isPush() ? 2 + body[1] : 2;
		return new String(body, head, body.length - head, StandardCharsets.UTF_8);
	}

	/**
	 * Ends the session.
	 * @return this
	 */
	public RawResumingClient leave() {
		this.client.send(RawClient.packet(RawPacket.KICK, new byte[0]));
		return this;
	}

	/**
	 * Returns the current connection.
	 * @return the connection
	 */
	public RawClient connection() {
		return this.client;
	}

	/** Cuts the connection. */
	public void cut() {
		this.client.reset();
	}

	public String token() {
		return this.token;
	}

	/**
	 * Replaces the token.
	 * @param other another one
	 */
	public void token(String other) {
		this.token = other;
	}

	/**
	 * Returns why the session is lost.
	 * @return the code in the last reply; empty if there was none
	 */
	public String code() {
		return this.code;
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
