package io.nanogame.plain;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.nanogame.connection.BroadcastForm;
import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.ProtocolTrait;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;

/**
 * The messages of WebSockets, as they are. One route receives all messages of a listener,
 * text and binary ones; {@code Request.isText()} distinguishes them. What its handler
 * returns, and each push, is one message without route: strings and JSON as text,
 * {@code byte[]} and protobuf messages as bytes. A handler without a result sends none.
 * <p>
 * A session opens when the WebSocket is established. An error ends the connection,
 * because clients could not distinguish it from another message. Thread-safe.
 */
public final class RawProtocol implements Protocol {

	/** The name of this protocol. */
	public static final String NAME = "raw";

	/** The route of listeners that name no other one. */
	public static final String DEFAULT_ROUTE = "raw.message";

	/** The same for text and bytes, because the frame is not a part of it. */
	static final BroadcastForm BODY = OutboundMessage::body;

	final PacketLimits limits;

	/** The route of the messages of this listener. */
	final String route;

	final RawMessages messages;

	private final Payloads payloads;

	private final Map<String, String> routes;

	/**
	 * Creates the protocol of one server.
	 * @param limits the maximum lengths of messages
	 * @param payloads the payloads of the server
	 * @param routes the routes by listener; {@link #DEFAULT_ROUTE} for all others
	 */
	public RawProtocol(PacketLimits limits, Payloads payloads, Map<String, String> routes) {
		this.limits = limits;
		this.messages = new RawMessages(payloads);
		this.payloads = new Payloads(this.messages, payloads);
		this.routes = Map.copyOf(routes);
		this.route = DEFAULT_ROUTE;
	}

	private RawProtocol(RawProtocol server, String route) {
		this.limits = server.limits;
		this.messages = server.messages;
		this.payloads = server.payloads;
		this.routes = server.routes;
		this.route = route;
	}

	@Override
	public Protocol forListener(String listener) {
		return new RawProtocol(this, this.routes.getOrDefault(listener, DEFAULT_ROUTE));
	}

	@Override
	public String name() {
		return NAME;
	}

	/** Clients identify themselves by the query of the URL. */
	@Override
	public Set<ProtocolTrait> traits() {
		return EnumSet.of(ProtocolTrait.INTRODUCTION, ProtocolTrait.PUSHES, ProtocolTrait.MESSAGES);
	}

	@Override
	public Payloads payloads() {
		return this.payloads;
	}

	/** Never called, because the first byte of a message can be any. */
	@Override
	public Match detect(ByteBuf first) {
		return Match.NO;
	}

	@Override
	public boolean isDetectable() {
		return false;
	}

	@Override
	public ProtocolConnection open(ClientConnection connection) {
		return new RawConnection(this, connection);
	}

}
