package io.nanogame.connection;

import java.nio.charset.StandardCharsets;

import io.nanogame.plain.JsonProtocol;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeReply.State;
import io.nanogame.protocol.ResumeRequest;
import io.netty.buffer.ByteBuf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The protocol {@code json}, on a stream of bytes.
 */
final class JsonDialect implements ResumeDialect {

	@Override
	public String protocol() {
		return JsonProtocol.NAME;
	}

	@Override
	public byte[] handshake(ResumeRequest resume) {
		return line("{\"handshake\":{},\"resume\":%s}".formatted(resume.isResume()
				? "{\"token\":\"%s\",\"received\":%d}".formatted(resume.token(), resume.received()) : "{}"));
	}

	@Override
	public byte[] confirmation(long received) {
		return acknowledgement(received);
	}

	@Override
	public byte[] acknowledgement(long received) {
		return line("{\"ack\":%d}".formatted(received));
	}

	@Override
	public byte[] leave() {
		return line("{\"close\":true}");
	}

	@Override
	public byte[] message(String route, int id, int number) {
		return line((id != 0) ? "{\"route\":\"%s\",\"id\":%d,\"body\":%d}".formatted(route, id, number)
				: "{\"route\":\"%s\",\"body\":%d}".formatted(route, number));
	}

	private static byte[] line(String frame) {
		return (frame + "\n").getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public void read(ByteBuf in, Receiver receiver) {
		int length;
		while ((length = in.bytesBefore((byte) '\n')) >= 0) {
			frame(JsonMapper.shared().readTree(in.readCharSequence(length, StandardCharsets.UTF_8).toString()),
					receiver);
			in.skipBytes(1);
		}
	}

	private static void frame(JsonNode frame, Receiver receiver) {
		if (frame.has("route")) {
			receiver.pushed(frame.get("route").asString(), frame.get("body").toString());
		}
		else if (frame.has("id")) {
			receiver.replied(frame.get("id").asInt(), frame.get("body").toString());
		}
		else if (frame.has("ack")) {
			receiver.acknowledged(frame.get("ack").asLong());
		}
		else if (frame.has("handshake")) {
			receiver.accepted(reply(frame.get("resume")));
		}
		else if (!frame.path("kick").path("reconnect").asBoolean(false)) {
			// After the other kicks the client asks for its session again.
			throw new AssertionError("A frame " + frame);
		}
	}

	private static ResumeReply reply(JsonNode resume) {
		State state = switch (resume.get("state").asString()) {
			case "new" -> State.NEW;
			case "resumed" -> State.RESUMED;
			default -> State.LOST;
		};
		return ResumeReply.of(resume.get("token").asString(), resume.get("window").asInt(), state,
				resume.get("received").asLong());
	}

}
