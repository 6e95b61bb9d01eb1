package io.nanogame.boot.autoconfigure.room;

import java.util.ArrayDeque;
import java.util.Queue;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Struct;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;

/**
 * A client on a socket that reads and writes protobuf with the file that the library
 * contains.
 */
final class ProtobufClient {

	private final RawClient client;

	/** The pushes that have arrived before a response. */
	private final Queue<RawPacket> pushes = new ArrayDeque<>();

	private long requests;

	/** The version of the last state. */
	long version;

	/** The number of states. */
	int states;

	ProtobufClient(RawClient connected) {
		this.client = connected;
		this.client.handshake("{\"sys\":{\"type\":\"unity-socket\",\"version\":\"1\"},\"user\":{\"protobuf\":true}}");
	}

	/** Returns the body of the response. */
	byte[] request(String route, byte[] body) {
		long id = ++this.requests;
		this.client.send(RawClient.packet(RawPacket.DATA, RawClient.message(0, id, route, body)));
		RawPacket packet = this.client.readData();
		while (!packet.isResponse()) {
			this.pushes.add(packet);
			packet = this.client.readData();
		}
		if (packet.hasErrorFlag()) {
			throw new AssertionError(route + " has failed: " + packet);
		}
		return packet.bytes();
	}

	DynamicMessage request(String route, String field, String value, String reply) {
		return RoomsProto.read(reply, request(route, RoomsProto.request(field, value)));
	}

	DynamicMessage readPush(String route, String message) {
		RawPacket packet = next();
		while (!packet.isPush() || !packet.route().equals(route)) {
			packet = next();
		}
		return RoomsProto.read(message, packet.bytes());
	}

	private RawPacket next() {
		return this.pushes.isEmpty() ? this.client.readData() : this.pushes.remove();
	}

	Struct readState() {
		DynamicMessage push = readPush("room.state", "RoomState");
		long next = (long) RoomsProto.get(push, "version");
		if (next < this.version) {
			throw new AssertionError("version " + next + " after " + this.version);
		}
		this.version = next;
		this.states++;
		return RoomsProto.state(push);
	}

	/** Reads states until a number has a value. */
	Struct awaitState(String field, double value) {
		Struct state = readState();
		while (state.getFieldsOrThrow(field).getNumberValue() != value) {
			state = readState();
		}
		return state;
	}

	/** Chooses the serializer of such clients. */
	static final class Choice implements HandshakeValidator {

		@Override
		public void validate(Handshake handshake) {
			if (handshake.request().user().has("protobuf")) {
				handshake.serializer("protobuf");
			}
		}

	}

}
