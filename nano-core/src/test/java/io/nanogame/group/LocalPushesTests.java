package io.nanogame.group;

import java.util.Set;

import io.nanogame.serialize.SerializationException;
import io.nanogame.server.MemoryServer;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Pushes of a server alone.
 */
class LocalPushesTests {

	private static final PushReceipt ACCEPTED = new PushReceipt(1, 0);

	private static final PushReceipt NOT_ACCEPTED = new PushReceipt(0, 0);

	private final MemoryServer server = new MemoryServer();

	private final Pushes pushes = new LocalPushes(this.server.sessions, this.server.groups, this.server.payloads);

	@BeforeEach
	void start() {
		this.server.lane("test.bind", (request) -> {
			Session session = request.session();
			session.bind(new String(request.body()));
			return session.id();
		}).start();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private RawClient player(String uid) {
		RawClient client = this.server.connect().handshake().request(1, "test.bind", uid);
		client.readResponse(1);
		return client;
	}

	private PushReceipt push(Audience audience, Object payload) {
		return this.pushes.push(audience, "onNews", payload).toCompletableFuture().join();
	}

	@Test
	void aPushReachesAllSessionsOfItsPlayersOnly() {
		try (RawClient ann = player("ann");
				RawClient annToo = player("ann");
				RawClient bob = player("bob");
				RawClient cat = player("cat")) {
			assertThat(push(new Audience.Players(Set.of("ann", "bob", "nobody")), "first")).isEqualTo(ACCEPTED);
			assertThat(push(new Audience.Players(Set.of("cat")), "second")).isEqualTo(ACCEPTED);
			assertThat(ann.readPush("onNews")).isEqualTo("\"first\"");
			assertThat(annToo.readPush("onNews")).isEqualTo("\"first\"");
			assertThat(bob.readPush("onNews")).isEqualTo("\"first\"");
			assertThat(cat.readPush("onNews")).isEqualTo("\"second\"");
		}
	}

	@Test
	void aPushReachesAGroupByItsName() {
		Group lobby = this.server.groups.create("lobby");
		try (RawClient ann = player("ann"); RawClient bob = player("bob")) {
			this.server.sessions.findByUid("ann").forEach(lobby::add);
			assertThat(push(new Audience.GroupMembers("lobby"), "first")).isEqualTo(ACCEPTED);
			assertThat(push(new Audience.Players(Set.of("bob")), "second")).isEqualTo(ACCEPTED);
			assertThat(ann.readPush("onNews")).isEqualTo("\"first\"");
			assertThat(bob.readPush("onNews")).isEqualTo("\"second\"");
		}
	}

	@Test
	void aPushToEverybodyReachesSessionsWithoutUid() {
		try (RawClient ann = player("ann"); RawClient guest = this.server.connect().handshake()) {
			guest.request(1, "test.echo", "").readResponse(1);
			assertThat(push(new Audience.Everybody(), "all")).isEqualTo(ACCEPTED);
			assertThat(ann.readPush("onNews")).isEqualTo("\"all\"");
			assertThat(guest.readPush("onNews")).isEqualTo("\"all\"");
		}
	}

	@Test
	void noGatewayAcceptsAPushWithoutRecipients() {
		this.server.groups.create("empty");
		assertThat(push(new Audience.Players(Set.of("ann")), "")).isEqualTo(NOT_ACCEPTED);
		assertThat(push(new Audience.GroupMembers("empty"), "")).isEqualTo(NOT_ACCEPTED);
		assertThat(push(new Audience.GroupMembers("none"), "")).isEqualTo(NOT_ACCEPTED);
		assertThat(push(new Audience.Everybody(), "")).isEqualTo(NOT_ACCEPTED);
		assertThat(this.server.groups.count()).isOne();
	}

	@Test
	void aPayloadThatCannotBeWrittenFailsWithoutRecipients() {
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> push(new Audience.Everybody(), new byte[17 * 1024 * 1024]));
	}

}
