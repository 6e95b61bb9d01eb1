package io.nanogame.cluster.backend;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

import io.nanogame.cluster.peer.Outbox;
import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.cluster.wire.Seat;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Connection;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;

/**
 * The way to a client that is connected to another node. Outbound interceptors are that
 * node's.
 */
final class GatewayConnection implements Connection {

	private final Seat seat;

	private final String gateway;

	private final Outbox outbox;

	private final FrameWriter writer;

	private final BackendLoop loop;

	/** The gateway has closed, and need not be told. */
	private volatile boolean gone;

	GatewayConnection(Seat seat, String gateway, Outbox outbox, FrameWriter writer, BackendLoop loop) {
		this.seat = seat;
		this.gateway = gateway;
		this.outbox = outbox;
		this.writer = writer;
		this.loop = loop;
	}

	String gateway() {
		return this.gateway;
	}

	Outbox outbox() {
		return this.outbox;
	}

	@Override
	public void send(OutboundMessage message) {
		if (this.gone) {
			return;
		}
		long session = this.seat.session();
		if (message.type() == MessageType.RESPONSE) {
			this.outbox.send(this.writer.answer(session, message.id(), message.isError(), message.body()));
		}
		else {
			this.outbox.send(this.writer.push(session, message.route(), message.body()));
		}
	}

	@Override
	public void close(CloseReason reason) {
		if (!this.gone) {
			this.outbox.send(this.writer.close(this.seat.session(), reason));
		}
	}

	void gone() {
		this.gone = true;
	}

	boolean isGone() {
		return this.gone;
	}

	@Override
	public ConnectionLoop loop() {
		return this.loop;
	}

	@Override
	public void resume() {
		// The gateway reads no more of a client than its session may have going.
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.seat.address();
	}

	@Override
	public String transport() {
		return this.seat.transport();
	}

	@Override
	public Map<String, List<String>> queryParameters() {
		return this.seat.queryParameters();
	}

}
