package io.nanogame.benchmarks.cuts;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nanogame.benchmarks.cuts.CutCounts.Method;
import io.nanogame.benchmarks.cuts.CutCounts.Place;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * One connection through the {@link CutProxy}: two sockets on one loop. It forwards the
 * bytes until its plan cuts it. Confined to the loop.
 */
final class Relay {

	/** How long an aim is waited for before the connection is cut anywhere. */
	private static final long PATIENCE_MILLIS = 3000;

	/** The other end may notice a cut later. */
	private static final int MAX_NOTICE_MILLIS = 500;

	private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");

	private final CutProxy proxy;

	private final Random random;

	private final CutPlan plan;

	private final Channel client;

	private final PacketTrack up = new PacketTrack();

	private final PacketTrack down = new PacketTrack();

	/** The ids of forwarded requests whose responses were not forwarded. */
	private final Set<Long> pending = new HashSet<>();

	private @Nullable Channel server;

	/** Whether the client has acknowledged the handshake. */
	private boolean open;

	/** Whether nothing is forwarded any more. */
	private boolean cut;

	Relay(CutProxy proxy, Channel client, Random random, long meanMillis) {
		this.proxy = proxy;
		this.client = client;
		this.random = random;
		this.plan = new CutPlan(random, meanMillis);
	}

	/** The connection to the server stands. */
	void connected(Channel toServer) {
		this.server = toServer;
		if (!this.proxy.isCalm()) {
			schedule();
		}
	}

	/** Begins the life of the connection, which ends with a cut. */
	void schedule() {
		later(this.plan.delayMillis(), () -> {
			if (this.plan.arm()) {
				cut();
			}
			later(PATIENCE_MILLIS, this::cut);
		});
	}

	private void later(long millis, Runnable task) {
		this.client.eventLoop().schedule(task, millis, TimeUnit.MILLISECONDS);
	}

	/**
	 * Forwards bytes, up to the place where the connection is cut.
	 * @param fromServer the direction of the bytes
	 * @param bytes are released
	 */
	void read(boolean fromServer, ByteBuf bytes) {
		Channel to = fromServer ? this.client : this.server;
		if (this.cut || to == null) {
			bytes.release();
			return;
		}
		PacketTrack track = fromServer ? this.down : this.up;
		boolean here = false;
		for (int i = bytes.readerIndex(); i < bytes.writerIndex() && !here; i++) {
			track.advance(bytes.getByte(i));
			note(fromServer, track);
			here = !this.proxy.isCalm() && this.plan.isHere(fromServer, track, this.up);
			if (here) {
				bytes.writerIndex(i + 1);
			}
		}
		to.writeAndFlush(bytes);
		if (here) {
			cut();
		}
	}

	private void note(boolean fromServer, PacketTrack track) {
		if (!track.isCompleted()) {
			return;
		}
		Long request = fromServer ? null : track.completed(MessageType.REQUEST);
		Long response = fromServer ? track.completed(MessageType.RESPONSE) : null;
		if (request != null) {
			this.pending.add(request);
		}
		else if (response != null) {
			this.pending.remove(response);
		}
		else if (!fromServer && track.is(PacketType.HANDSHAKE_ACK)) {
			this.open = true;
		}
	}

	private void cut() {
		if (this.cut || this.proxy.isCalm()) {
			return;
		}
		this.cut = true;
		this.proxy.counts().add(place(), this.plan.method(), name());
		if (this.plan.method() != Method.SILENCE) {
			boolean clientFirst = this.random.nextBoolean();
			end(clientFirst ? this.client : this.server);
			later(this.random.nextInt(MAX_NOTICE_MILLIS), () -> end(clientFirst ? this.server : this.client));
		}
	}

	private Place place() {
		if (!this.open && this.up.asksForSession()) {
			return Place.RESUME_HANDSHAKE;
		}
		if (this.up.isInside() || this.down.isInside()) {
			return Place.PACKET;
		}
		return this.pending.isEmpty() ? Place.OTHER : Place.REQUEST;
	}

	private String name() {
		Matcher name = NAME.matcher(this.up.handshake());
		return name.find() ? name.group(1) : "";
	}

	private void end(@Nullable Channel channel) {
		if (channel == null || !channel.isOpen()) {
			return;
		}
		if (this.plan.method() == Method.RESET) {
			channel.config().setOption(ChannelOption.SO_LINGER, 0);
		}
		channel.close();
	}

	/**
	 * One socket was closed by its peer. The other one is closed, too, unless the network
	 * is silent: then the server does not notice that its client has left.
	 */
	void closed(boolean byServer) {
		Channel other = byServer ? this.client : this.server;
		if (other != null && !(this.cut && this.plan.method() == Method.SILENCE && !byServer)) {
			other.close();
		}
	}

	/** Ends a connection that is silent. */
	void endSilence() {
		if (this.cut) {
			this.client.close();
			end(this.server);
		}
	}

}
