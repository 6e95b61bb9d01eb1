package io.nanogame.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ResumeReply.State;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.test.RawPacket;

/**
 * A server that resumes the session of one client as the protocol prescribes, and cuts
 * its connections after a random number of bytes. Sometimes it has lost the session.
 */
final class ModelServer implements AutoCloseable {

	/** Bodies of requests and notifies, in the order in which they were received. */
	final List<String> handled = new ArrayList<>();

	/** How many pushes were sent, by session. */
	final List<Integer> pushed = new ArrayList<>();

	/** Read after {@link #awaitEnd()}. */
	int cuts;

	/** How many sessions were lost. */
	int lost;

	private final ServerSocket listening;

	private final Random random;

	private final Thread thread;

	private volatile int remainingCuts;

	// The session

	/** The newest token, and the one before, which is valid until the client has both. */
	private int token;

	private int proven;

	private long received;

	/** Packets without acknowledgement. */
	private final Deque<byte[]> kept = new ArrayDeque<>();

	private long confirmed;

	ModelServer(long seed, int cuts) throws IOException {
		this.random = new Random(seed);
		this.remainingCuts = cuts;
		this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.thread = new Thread(this::serve);
		this.thread.start();
	}

	NanoClientBuilder client() {
		return NanoClient.builder("tcp://127.0.0.1:" + this.listening.getLocalPort());
	}

	private void serve() {
		while (!this.listening.isClosed()) {
			try (CutSocket socket = new CutSocket(this.listening.accept(), budget(), budget())) {
				serve(new ServerLink(socket, false));
			}
			catch (IOException ex) {
				this.cuts++;
				this.remainingCuts--;
			}
		}
	}

	private long budget() {
		if (this.remainingCuts <= 0) {
			return Long.MAX_VALUE;
		}
		return (this.random.nextInt(4) == 0) ? this.random.nextInt(150) : this.random.nextInt(1000);
	}

	private void serve(ServerLink link) throws IOException {
		boolean resumed = handshake(link);
		link.readType(ServerLink.ACK);
		this.proven = this.token;
		if (resumed) {
			for (byte[] packet : this.kept) {
				link.sendRaw(packet);
			}
		}
		while (true) {
			RawPacket packet = link.read();
			if (packet.type() == RawPacket.HEARTBEAT) {
				confirm(ServerLink.acknowledgement(packet));
				link.acknowledge(this.received);
			}
			else if (packet.type() == RawPacket.DATA) {
				this.received++;
				handle(link, ServerLink.message(packet));
			}
		}
	}

	private boolean handshake(ServerLink link) throws IOException {
		ResumeRequest request = link.readHandshake();
		boolean known = request.token().equals("" + this.token) || request.token().equals("" + this.proven);
		if (known && this.random.nextInt(50) > 0) {
			confirm(request.received());
			this.token++;
			link.reply(200, ServerLink.sys(ServerLink.reply("" + this.token, State.RESUMED, this.received)));
			return true;
		}
		if (known) {
			this.lost++;
		}
		this.received = 0;
		this.confirmed = 0;
		this.kept.clear();
		this.pushed.add(0);
		this.token += 2;
		this.proven = this.token;
		State state = request.isResume() ? State.LOST : State.NEW;
		link.reply(200, ServerLink.sys(ServerLink.reply("" + this.token, state, 0)));
		return false;
	}

	private void confirm(long count) {
		if (count < this.confirmed || count > this.confirmed + this.kept.size()) {
			throw new AssertionError(
					"%d is not between %d and %d".formatted(count, this.confirmed, this.confirmed + this.kept.size()));
		}
		while (this.confirmed < count) {
			this.kept.remove();
			this.confirmed++;
		}
	}

	private void handle(ServerLink link, Message message) throws IOException {
		this.handled.add(ServerLink.text(message));
		int session = this.pushed.size() - 1;
		int number = this.pushed.get(session);
		this.pushed.set(session, number + 1);
		byte[] push = ServerLink.packet(Message.push("on", (session + " " + number).getBytes()));
		this.kept.add(push);
		byte[] response = ServerLink.packet(Message.response(message.id(), message.body()));
		if (message.type() == MessageType.REQUEST) {
			this.kept.add(response);
		}
		link.sendRaw(push);
		if (message.type() == MessageType.REQUEST) {
			link.sendRaw(response);
		}
	}

	boolean isCutting() {
		return this.remainingCuts > 0;
	}

	/** Waits for the end of the connection, after the client is closed. */
	void awaitEnd() throws IOException, InterruptedException {
		close();
		this.thread.join();
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
	}

}
