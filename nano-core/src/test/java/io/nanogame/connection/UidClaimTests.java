package io.nanogame.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.nanogame.resume.ResumeToken;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session leaves its server without a token of its client: because the player has
 * logged in at another server, or because the server stops.
 */
class UidClaimTests {

	private static final byte[] HANDSHAKE = { 1, 0, 0, 0 };

	private static final byte[] LOGIN = MovingServers.request(1, "lane.login");

	private final MovingServers servers = new MovingServers(LoginPolicy.CONTINUE);

	private final StillServer first = this.servers.first;

	private final StillServer second = this.servers.second;

	/** The client of the older session, which cannot resume. */
	private final StillServer.Client former = this.first.connect().send(HANDSHAKE, MovingServers.ACK, LOGIN);

	private Session older() {
		this.first.finish();
		return this.servers.session();
	}

	private StillServer.Client logInAtSecond() {
		StillServer.Client client = this.second.connect();
		client.send(HANDSHAKE, MovingServers.ACK, LOGIN);
		this.second.finish();
		return client;
	}

	private static String bodies(StillServer.Client client) {
		return client.text().replaceAll("(?s)[^<]*(<\\w+>)?", "$1");
	}

	// A login

	@Test
	void theLoginContinuesTheSessionOfTheOtherServer() {
		Session older = older();
		older.attributes().set("seat", 7);
		this.servers.bringForLogins();
		StillServer.Client client = logInAtSecond();
		Session moved = this.second.session();
		assertThat(moved.id()).isEqualTo(older.id());
		assertThat(moved.isConnected()).isTrue();
		assertThat(this.second.sessions.findByUid("ann")).containsExactly(moved);
		assertThat(client.text()).contains("in");
		assertThat(this.former.isClosed()).isTrue();
		assertThat(this.former.packets(5)).as("kicks").isZero();
		moved.push("onPush", "<one>");
		client.send(MovingServers.request(2, "lane.echo"));
		this.second.finish();
		assertThat(bodies(client)).isEqualTo("<one>");
		assertThat(client.packets(4)).isEqualTo(3);
	}

	@Test
	void theClientReceivesThePushesSinceTheCut() {
		Session older = older();
		older.push("onPush", "<received>");
		this.first.finish();
		this.servers.cut(this.former);
		older.push("onPush", "<missed>");
		this.first.finish();
		this.servers.bringForLogins();
		assertThat(bodies(logInAtSecond())).isEqualTo("<missed>");
	}

	@Test
	void aClientThatMissedTooMuchContinuesTheSession() {
		Session older = older();
		this.servers.cut(this.former);
		for (int i = 0; i < 5; i++) {
			older.push("onPush", "x".repeat(1000));
		}
		this.first.finish();
		this.servers.bringForLogins();
		logInAtSecond();
		assertThat(this.second.session().id()).isEqualTo(older.id());
		assertThat(this.second.session().isConnected()).isTrue();
	}

	@Test
	void aLoginThatIsNotTheNewestAnyMoreEnds() {
		older();
		SessionRegistry.of(this.second.sessions)
			.logins()
			.awaited()
			.join((newer, uid, stamp) -> CompletableFuture.completedFuture(false));
		StillServer.Client client = logInAtSecond();
		assertThat(client.isClosed()).isTrue();
		assertThat(client.packets(5)).as("kicks").isZero();
		assertThat(this.second.sessions.count()).isZero();
	}

	@Test
	void anotherPlayerOrProtocolDoesNotGetTheSession() {
		Session older = older();
		assertThat(this.servers.claimOf("bob", false).events).containsExactly("lost ");
		older.unbind();
		assertThat(this.servers.claimOf("ann", false).events).containsExactly("lost ");
		assertThat(this.former.isClosed()).isFalse();
	}

	@Test
	void aSessionThatAnotherLoginIsAboutToContinueStays() {
		Session older = older();
		StillServer.Client other = this.first.connect();
		other.send(HANDSHAKE, MovingServers.ACK, LOGIN);
		this.first.workers.runAll();
		MovingServers.Answer answer = new MovingServers.Answer(0, false, "ann");
		answer.claim.submit(this.first.transport(), ResumeToken.none(older.id()));
		this.first.finish();
		assertThat(answer.events).containsExactly("withdrawn");
		assertThat(older.isConnected()).isTrue();
	}

	@Test
	void theStateHasNoTokens() {
		older();
		MovingServers.Answer answer = this.servers.claimOf("ann", false);
		this.servers.release(answer);
		this.first.finish();
		assertThat(answer.state.canResume()).isFalse();
		assertThat(answer.state.protocol()).isEqualTo("pomelo");
	}

	// A server that stops

	private final List<ParkOffer> offers = new ArrayList<>();

	private void offer() {
		this.first.transport().leaving().offerDetached((session) -> true, (offer, session) -> this.offers.add(offer));
		this.first.finish();
	}

	@Test
	void aDisconnectedClientKeepsItsSessionWhichIsOffered() {
		Session older = older();
		this.first.transport().leaving().all().forEach((client) -> client.close(() -> {
		}));
		this.first.finish();
		assertThat(this.former.isClosed()).isTrue();
		assertThat(this.former.packets(5)).as("kicks").isZero();
		assertThat(older.isOpen()).isTrue();
		assertThat(older.isConnected()).isFalse();
		assertThat(this.servers.claimOf("ann", true).events).as("a client that may return")
			.containsExactly("withdrawn");
		this.first.pass(Duration.ofSeconds(3));
		offer();
		assertThat(this.offers).singleElement().satisfies((offer) -> {
			assertThat(offer.uid()).isEqualTo("ann");
			assertThat(offer.windowSpent()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
		});
		assertThat(this.servers.claimOf("ann", true).events).containsExactly("ready");
	}

	@Test
	void theSessionOfAClientThatMissedTooMuchIsOfferedForALogin() {
		this.servers.cut(this.former);
		older().close(CloseReason.CLOSED);
		this.first.finish();
		StillServer.Client own = this.servers.connect();
		Session session = this.servers.session();
		this.servers.cut(own);
		for (int i = 0; i < 5; i++) {
			session.push("onPush", "x".repeat(1000));
		}
		this.first.pass(Duration.ofSeconds(3));
		offer();
		assertThat(this.offers).extracting(ParkOffer::uid).containsExactly("ann");
		assertThat(this.servers.claimOf("ann", true).events).containsExactly("ready");
	}

	@Test
	void theSessionOfAGuestEndsWithItsConnection() {
		older().close();
		StillServer.Client guest = this.first.connect().send(HANDSHAKE, MovingServers.ACK);
		this.first.finish();
		this.first.transport().leaving().all().forEach((client) -> client.close(() -> {
		}));
		this.first.finish();
		assertThat(guest.isClosed()).isTrue();
		assertThat(this.first.sessions.count()).isZero();
	}

}
