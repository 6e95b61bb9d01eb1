package io.nanogame.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketHandler;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.protocol.RouteNames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Packets and messages of each type, from and to a buffer, with a body of 57 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {

	private static final byte[] BODY = "{\"name\":\"Ada\",\"text\":\"A line of chat as people write it\"}"
		.getBytes(StandardCharsets.UTF_8);

	private static final String ROUTE = "room.message";

	private static final long ID = 1234;

	/** The type of the message. */
	@Param
	MessageType type = MessageType.REQUEST;

	private final MessageEncoder encoder = new MessageEncoder(RouteDictionary.EMPTY);

	private final MessageDecoder decoder = new MessageDecoder(RouteDictionary.EMPTY, new RouteNames(List.of(ROUTE)),
			1 << 16);

	private final PacketDecoder packets = new PacketDecoder(1 << 16);

	private final PacketHandler handler = this::packet;

	private final ByteBuf in = Unpooled.directBuffer(256);

	private final ByteBuf out = Unpooled.directBuffer(256);

	private Message decoded = Message.notify(ROUTE, BODY);

	/**
	 * Encodes a message in a packet.
	 * @return the packet
	 */
	@Benchmark
	public ByteBuf encode() {
		this.encoder.encodePacket(this.out.clear(), this.type, ID, ROUTE, BODY, false, false);
		return this.out;
	}

	/**
	 * Decodes a message from a packet.
	 * @return the message
	 */
	@Benchmark
	public Message decode() {
		if (this.in.writerIndex() == 0) {
			this.encoder.encodePacket(this.in, this.type, ID, ROUTE, BODY, false, false);
		}
		this.in.readerIndex(0);
		this.packets.decode(this.in, this.handler);
		return this.decoded;
	}

	/** Releases the buffers. */
	@TearDown
	public void stop() {
		this.in.release();
		this.out.release();
	}

	private boolean packet(PacketType packetType, ByteBuf bytes, int length) {
		this.decoded = this.decoder.decode(bytes, length);
		return true;
	}

}
