package io.nanogame.connection;

import java.nio.charset.StandardCharsets;

import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.protocol.Acknowledgement;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.protocol.UserPart;
import io.nanogame.test.RawClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The protocol {@code pomelo}.
 */
final class PomeloDialect implements ResumeDialect {

	@Override
	public String protocol() {
		return PomeloProtocol.NAME;
	}

	@Override
	public byte[] handshake(ResumeRequest resume) {
		return RawClient.packet(1, new HandshakeRequest(ClientInfo.UNKNOWN, UserPart.NONE, resume).toJson());
	}

	@Override
	public byte[] confirmation(long received) {
		return RawClient.packet(2, new byte[0]);
	}

	@Override
	public byte[] acknowledgement(long received) {
		return Acknowledgement.packet(received);
	}

	@Override
	public byte[] leave() {
		return RawClient.packet(5, new byte[0]);
	}

	@Override
	public byte[] message(String route, int id, int number) {
		byte[] body = String.valueOf(number).getBytes(StandardCharsets.UTF_8);
		return RawClient.packet(4,
				(id != 0) ? RawClient.message(0, id, route, body) : RawClient.message(2, -1, route, body));
	}

	@Override
	public void read(ByteBuf in, Receiver receiver) {
		while (in.readableBytes() >= 4 && in.readableBytes() >= 4 + in.getUnsignedMedium(in.readerIndex() + 1)) {
			int type = in.readByte();
			ByteBuf body = in.readSlice(in.readUnsignedMedium());
			switch (type) {
				case 1 -> receiver.accepted(ResumeReply.parse(ByteBufUtil.getBytes(body)));
				case 3 -> receiver.acknowledged(Acknowledgement.read(body, body.readableBytes()));
				case 4 -> message(body, receiver);
				default -> throw new AssertionError("A packet of type " + type);
			}
		}
	}

	private static void message(ByteBuf in, Receiver receiver) {
		int flag = in.readByte();
		if (flag == 6) {
			String route = in.readCharSequence(in.readUnsignedByte(), StandardCharsets.UTF_8).toString();
			receiver.pushed(route, in.toString(StandardCharsets.UTF_8));
			return;
		}
		assertThat(flag).isEqualTo(4);
		int id = 0;
		int shift = 0;
		int next;
		do {
			next = in.readByte();
			id |= (next & 127) << shift;
			shift += 7;
		}
		while (next < 0);
		receiver.replied(id, in.toString(StandardCharsets.UTF_8));
	}

}
