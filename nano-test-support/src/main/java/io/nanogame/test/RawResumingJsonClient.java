package io.nanogame.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client of the protocol {@code json} that can resume its session. Counts, keeps and
 * confirms frames as the protocol demands. Blocks; used by one thread.
 */
public final class RawResumingJsonClient implements AutoCloseable {

	private static final Pattern ACKNOWLEDGEMENT = Pattern.compile("\\{\"ack\":(\\d+)}");

	private final Deque<String> unconfirmed = new ArrayDeque<>();

	private RawJsonClient client;

	private String user = "{}";

	private String token = "";

	private String reply = "";

	private long received;

	private long sent;

	/**
	 * Creates a client that has sent nothing yet.
	 * @param connected its first connection
	 */
	public RawResumingJsonClient(RawJsonClient connected) {
		this.client = connected;
	}

	/**
	 * Sets the user part of its handshakes.
	 * @param json a JSON object
	 * @return this
	 */
	public RawResumingJsonClient user(String json) {
		this.user = json;
		return this;
	}

	/**
	 * Begins the first session.
	 * @return this
	 */
	public RawResumingJsonClient open() {
		expect("new", shakeHands("{}"));
		return confirm();
	}

	/**
	 * Resumes the session, and sends again what the server has not received.
	 * @param connected the next connection
	 * @return this
	 */
	public RawResumingJsonClient resume(RawJsonClient connected) {
		expect("resumed", ask(connected));
		confirm();
		this.unconfirmed.forEach(this.client::send);
		return acknowledge();
	}

	/**
	 * Asks for the session.
	 * @param connected the next connection
	 * @return the state in the reply: {@code resumed} or {@code lost}
	 */
	public String ask(RawJsonClient connected) {
		this.client = connected;
		return shakeHands("{\"token\":\"" + this.token + "\",\"received\":" + this.received + "}");
	}

	/**
	 * Asks for the session, and receives an error.
	 * @param connected the next connection
	 * @return the frame of the server
	 */
	public String askInVain(RawJsonClient connected) {
		this.client = connected;
		sendHandshake("{\"token\":\"" + this.token + "\",\"received\":" + this.received + "}");
		return this.client.read();
	}

	/**
	 * Confirms the reply to the handshake.
	 * @return this
	 */
	public RawResumingJsonClient confirm() {
		return acknowledge();
	}

	private void sendHandshake(String resume) {
		this.client.send("{\"handshake\":" + this.user + ",\"resume\":" + resume + "}");
	}

	private String shakeHands(String resume) {
		sendHandshake(resume);
		this.reply = this.client.read();
		if (!this.reply.startsWith("{\"handshake\":{\"code\":200")) {
			throw new AssertionError("Expected the reply to a handshake, but got " + this.reply);
		}
		this.token = field("token");
		String state = field("state");
		if (!state.equals("resumed")) {
			this.unconfirmed.clear();
			this.sent = 0;
			this.received = 0;
		}
		long confirmed = Long.parseLong(field("received"));
		while (this.unconfirmed.size() > this.sent - confirmed) {
			this.unconfirmed.remove();
		}
		return state;
	}

	/**
	 * Returns the last reply to a handshake.
	 * @return the frame
	 */
	public String reply() {
		return this.reply;
	}

	/**
	 * Returns a field of {@code resume} in the last reply.
	 * @param name the name of the field
	 * @return its value; empty if it is absent
	 */
	public String field(String name) {
		String resume = this.reply.substring(this.reply.indexOf("\"resume\""));
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
	 * @param json a frame with a route
	 * @return this
	 */
	public RawResumingJsonClient send(String json) {
		this.client.send(json);
		return lose(json);
	}

	/**
	 * Keeps a message that the connection does not transfer.
	 * @param json a frame with a route
	 * @return this
	 */
	public RawResumingJsonClient lose(String json) {
		this.sent++;
		this.unconfirmed.add(json);
		return this;
	}

	/**
	 * Sends a request.
	 * @param id its id
	 * @param route the route
	 * @param body the payload
	 * @return this
	 */
	public RawResumingJsonClient request(long id, String route, String body) {
		return send("{\"route\":\"" + route + "\",\"id\":" + id + ",\"body\":" + body + "}");
	}

	/**
	 * Sends how many frames were received.
	 * @return this
	 */
	public RawResumingJsonClient acknowledge() {
		this.client.send("{\"ack\":" + this.received + "}");
		return this;
	}

	/**
	 * Reads an acknowledgement of the server.
	 * @return the number of frames that the server has received
	 */
	public long readAcknowledgement() {
		String frame = this.client.read();
		Matcher matcher = ACKNOWLEDGEMENT.matcher(frame);
		if (!matcher.matches()) {
			throw new AssertionError("Expected an acknowledgement, but got " + frame);
		}
		return Long.parseLong(matcher.group(1));
	}

	/**
	 * Reads the next message. Skips acknowledgements.
	 * @return the frame
	 */
	public String read() {
		String frame = this.client.read();
		while (ACKNOWLEDGEMENT.matcher(frame).matches()) {
			frame = this.client.read();
		}
		if (!frame.startsWith("{\"route\":") && !frame.startsWith("{\"id\":")) {
			throw new AssertionError("Expected a message, but got " + frame);
		}
		this.received++;
		return frame;
	}

	/**
	 * Ends the session.
	 * @return this
	 */
	public RawResumingJsonClient leave() {
		this.client.send("{\"close\":true}");
		return this;
	}

	/**
	 * Returns the current connection.
	 * @return the connection
	 */
	public RawJsonClient connection() {
		return this.client;
	}

	/** Cuts the connection. */
	public void cut() {
		this.client.wire().reset();
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

	@Override
	public void close() {
		this.client.close();
	}

}
