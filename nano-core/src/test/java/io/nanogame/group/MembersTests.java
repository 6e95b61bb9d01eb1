package io.nanogame.group;

import java.util.List;

import io.nanogame.server.MemoryServer;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Pushes to lists of sessions, which the game may have kept for long. */
class MembersTests {

	private final MemoryServer server = new MemoryServer(0, LoginPolicy.CONTINUE);

	@AfterEach
	void stop() {
		this.server.close();
	}

	private Session newest() {
		this.server.settle();
		return this.server.sessions.all().stream().reduce((one, other) -> (one.id() > other.id()) ? one : other).get();
	}

	@Test
	void aClientReceivesOnePushForAllObjectsOfItsSession() {
		this.server.start();
		this.server.connect().handshake();
		Session first = newest();
		first.bind("ann");
		this.server.connect().handshake();
		Session second = newest();
		second.bind("ann");
		this.server.settle();
		RawClient client = this.server.connect().handshake();
		Session third = newest();
		third.bind("ann");
		this.server.settle();
		push(1, first, second, third);
		push(2, second, first);
		push(3, third, second);
		push(4, second);
		first.push("onNews", 5);
		this.server.settle();
		for (int i = 1; i <= 5; i++) {
			assertThat(client.readPush("onNews")).isEqualTo(String.valueOf(i));
		}
	}

	private void push(int number, Session... members) {
		new Members(List.of(members)).send(OutboundMessage.push("onNews", number, this.server.payloads));
	}

}
