package io.nanogame.boot.test.slice;

import java.time.Duration;

import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.protocol.Kick;
import io.nanogame.protocol.PacketEncoder;
import io.nanogame.protocol.PacketType;
import io.nanogame.serialize.Payloads;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Players in memory that receive {@link Kick#moving(long)}, which the server of a slice
 * does not send.
 */
@NanoTest
class MovingPlayerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	@Autowired
	private MemoryNetwork network;

	@Autowired
	private Payloads payloads;

	private NanoTestClient players;

	/** Of the last player. */
	private MemoryConnection connection;

	@BeforeEach
	void createClient() {
		this.players = NanoTestClient.of(() -> (user, serializer, resumable, inbox) -> {
			this.connection = (MemoryConnection) this.network.connection(user, serializer, resumable, inbox);
			return this.connection;
		}, this.payloads, TIMEOUT);
	}

	@AfterEach
	void disconnectAll() {
		this.players.closeAll();
	}

	private void receive(Kick kick) {
		this.connection.settle(TIMEOUT);
		ByteBuf packet = Unpooled.buffer();
		PacketEncoder.encode(packet, PacketType.KICK, kick.toJson());
		MemoryLink link = (MemoryLink) ReflectionTestUtils.getField(this.connection, "link");
		link.received(ByteBufUtil.getBytes(packet));
	}

	@Test
	void aResumablePlayerKeepsItsSession() {
		TestPlayer ann = this.players.resumable().connect();
		receive(Kick.moving(500));
		ann.cut().resume().expectResumed();
	}

	@Test
	void forAnyOtherPlayerItIsAKick() {
		TestPlayer ann = this.players.connect();
		receive(Kick.moving(500));
		ann.expectKicked("moving");
	}

	@Test
	void anyOtherKickEndsTheSessionOfAResumablePlayer() {
		TestPlayer ann = this.players.resumable().connect();
		receive(new Kick("moving", false));
		ann.expectKicked("moving");
		ann.cut();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(ann::resume)
			.withMessageContaining("the game has ended its session");
	}

	@SpringBootConfiguration
	static class App {

	}

}
