package io.nanogame.client;

import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.LengthIdDecoder;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.serialize.SerializationException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.DefaultByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protocol {@code length-id}. There is no handshake and no heartbeat, and replies
 * have no number: they are matched by their order.
 */
final class LengthIdPackets extends ChannelOutboundHandlerAdapter implements ClientProtocol {

	private static final Logger log = LoggerFactory.getLogger(LengthIdPackets.class);

	private static final int UNAUTHORIZED = 401;

	private static final int FORBIDDEN = 403;

	private static final int UNAVAILABLE = 503;

	private final Link link;

	private final ClientSettings settings;

	private final LengthIdSettings ids;

	private final LengthIdDecoder packets;

	private final ReplyOrder order;

	/** The body of the last packet if that was an error, else null. */
	private byte @Nullable [] lastError;

	/** Whether a packet was received that is not an error. */
	private boolean accepted;

	LengthIdPackets(Link link, ClientSettings settings, LengthIdSettings ids) {
		this.link = link;
		this.settings = settings;
		this.ids = ids;
		this.packets = new LengthIdDecoder(ids.format(), Math.min(settings.maxPacketLength(), ids.maxBodyLength()));
		this.order = new ReplyOrder(settings.maxRequestsInFlight(), link.session().requests()::isPending,
				link.session().requests()::noReply);
	}

	@Override
	public void start() {
		this.link.channel().pipeline().addLast(this);
		String serializer = this.settings.payloads().serializer().name();
		this.link.opened(HandshakeResponse.accepted(0, 0, serializer, RouteDictionary.EMPTY, null));
	}

	// In

	@Override
	public void read(ByteBuf in) {
		while (!this.link.isEnded() && this.packets.read(in)) {
			packet(this.packets.id(), this.packets.takeBody());
		}
	}

	private void packet(long id, byte[] body) {
		WireTap tap = this.settings.wireTap();
		if (tap != null) {
			ByteBuf packet = encode(id, body);
			byte[] bytes = ByteBufUtil.getBytes(packet);
			packet.release();
			tap.packet(false, bytes);
		}
		if (this.ids.isErrorId(id)) {
			error(body);
			return;
		}
		accepted();
		String route = this.ids.route(id);
		if (route == null) {
			log.debug("No route has the id {} of a received packet", id);
			return;
		}
		long request = this.order.reply(id);
		if (request != 0) {
			this.link.response(Message.response(request, body));
		}
		else {
			this.link.push(Message.push(route, body));
		}
	}

	/** A server that rejects its clients sends them nothing but an error. */
	private void accepted() {
		this.lastError = null;
		if (!this.accepted) {
			this.accepted = true;
			this.link.accepted();
		}
	}

	private void error(byte[] body) {
		this.lastError = body;
		long request = this.order.error();
		if (request != 0) {
			this.link.response(Message.errorResponse(request, body));
		}
		else {
			log.debug("Received an error without a pending request");
		}
	}

	// Out

	@Override
	public void send(MessageType type, long id, String route, byte[] body) {
		long packetId = this.ids.id(route);
		if (body.length > this.ids.maxBodyLength()) {
			throw new ProtocolException(ProtocolException.Reason.PACKET_TOO_LARGE);
		}
		ByteBuf out = encode(packetId, body);
		if (type == MessageType.REQUEST) {
			this.link.write(out, new SentRequest(out, packetId, id));
		}
		else {
			this.link.write(out);
		}
	}

	private ByteBuf encode(long id, byte[] body) {
		ByteBuf out = this.link.buffer(this.ids.format().headerLength() + body.length);
		this.ids.format().write(out, id, body);
		return out;
	}

	/** Adds a request to the order when it is written, whichever thread has sent it. */
	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		if (message instanceof SentRequest sent) {
			this.order.add(sent.id, sent.request);
			ctx.write(this.link.frame(sent.content()), promise);
		}
		else {
			ctx.write(message, promise);
		}
	}

	// The end

	/** The reason of a disconnection is an error, and the last packet. */
	@Override
	public @Nullable NanoClientException reasonOfClose() {
		ErrorBody error = (this.lastError != null) ? errorBody(this.lastError) : null;
		if (error == null || !(error.code() instanceof Integer code)) {
			return null;
		}
		String text = (error.msg() != null) ? error.msg() : "";
		return switch (code) {
			case UNAUTHORIZED -> new HandshakeRefusedException(code, text);
			case FORBIDDEN -> new KickedException(text, false);
			case UNAVAILABLE -> new KickedException(text, true);
			default -> null;
		};
	}

	private @Nullable ErrorBody errorBody(byte[] body) {
		try {
			return this.settings.payloads().readError(body);
		}
		catch (SerializationException ex) {
			return null;
		}
	}

	/** The end of the connection is that of the session. */
	@Override
	public void endSession() {
	}

	@Override
	public void ended() {
		this.packets.release();
	}

	/** A request between the thread that sends it and the event loop. */
	private static final class SentRequest extends DefaultByteBufHolder {

		private final long id;

		private final long request;

		SentRequest(ByteBuf packet, long id, long request) {
			super(packet);
			this.id = id;
			this.request = request;
		}

	}

}
