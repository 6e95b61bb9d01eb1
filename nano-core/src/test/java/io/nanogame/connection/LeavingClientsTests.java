package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.plain.JsonProtocol;
import io.nanogame.session.LoginPolicy;
import org.junit.jupiter.api.Test;

import static io.nanogame.connection.MovingServers.claim;
import static io.nanogame.connection.MovingServers.resume;
import static io.nanogame.connection.MovingServers.token;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How clients leave a server for another one.
 */
class LeavingClientsTests {

	private static final String LATER = "{\"code\":503,\"msg\":\"try again\",\"sys\":{\"retry\":0.5}}";

	private final MovingServers servers = new MovingServers(LoginPolicy.SEVERAL);

	private final StillServer server = this.servers.first;

	private final StillServer.Client client = this.servers.connect();

	private final List<ParkOffer> offers = new ArrayList<>();

	private int count;

	private LeavingClients leaving() {
		return this.server.transport().leaving();
	}

	private void count() {
		this.count++;
	}

	private void ask(Duration after) {
		leaving().all().forEach((each) -> each.ask(after, this::count));
		this.server.finish();
	}

	private void close() {
		leaving().all().forEach((each) -> each.close(this::count));
		this.server.finish();
	}

	private void offer() {
		leaving().offerDetached((session) -> true, (offer, session) -> this.offers.add(offer));
		this.server.finish();
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	// Handshakes

	@Test
	void aClientThatCanResumeTriesAgainLater() {
		leaving().refuseWhile(() -> true);
		StillServer.Client fresh = claim(this.server, "{}");
		assertThat(fresh.text().substring(4)).isEqualTo(LATER);
		assertThat(fresh.isClosed()).isTrue();
		StillServer.Client back = claim(this.server, resume(token(this.client), 1));
		assertThat(back.text().substring(4)).isEqualTo(LATER);
		assertThat(this.servers.session().isConnected()).as("the former connection").isTrue();
	}

	@Test
	void theConnectionOfAnotherClientIsClosedWithoutAPacket() {
		leaving().refuseWhile(() -> true);
		StillServer.Client fresh = this.server.connect().send(new byte[] { 1, 0, 0, 0 });
		assertThat(fresh.isClosed()).isTrue();
		assertThat(fresh.text()).isEmpty();
		assertThat(this.server.sessions.count()).isOne();
	}

	@Test
	void clientsAreAcceptedAgainAfterwards() {
		leaving().refuseWhile(() -> true);
		leaving().refuseWhile(() -> false);
		assertThat(claim(this.server, "{}").text()).contains("\"state\":\"new\"");
	}

	// Connections

	@Test
	void aClientThatCanResumeIsAskedAndStays() {
		ask(Duration.ofMillis(250));
		assertThat(this.client.text()).endsWith("{\"reason\":\"moving\",\"reconnect\":true,\"after\":250}");
		assertThat(this.client.packets(5)).isOne();
		assertThat(this.client.isClosed()).isFalse();
		assertThat(this.count).isOne();
	}

	@Test
	void aClientOfTheProtocolJsonIsAskedInItsOwnWords() {
		StillServer.Client json = this.server.connect(JsonProtocol.NAME);
		json.send(utf8("{\"handshake\":{},\"resume\":{}}\n{\"ack\":0}\n"));
		this.server.finish();
		ask(Duration.ZERO);
		assertThat(json.text()).endsWith("{\"kick\":{\"reason\":\"moving\",\"reconnect\":true,\"after\":0}}\n");
	}

	@Test
	void aClientThatDoesNotLeaveIsCutAndMayResume() {
		leaving().all().forEach((each) -> each.askAgain(Duration.ofSeconds(1)));
		this.server.finish();
		this.server.pass(Duration.ofMillis(900));
		assertThat(this.client.isClosed()).isFalse();
		this.server.pass(Duration.ofMillis(200));
		this.server.finish();
		assertThat(this.client.isClosed()).isTrue();
		assertThat(claim(this.server, resume(token(this.client), 1)).text()).contains("\"state\":\"resumed\"");
	}

	@Test
	void aClientThatHasResumedInTheMeantimeIsNotCut() {
		leaving().all().forEach((each) -> each.askAgain(Duration.ofSeconds(1)));
		this.server.finish();
		this.servers.cut(this.client);
		StillServer.Client back = claim(this.server, resume(token(this.client), 1));
		assertThat(back.text()).contains("\"state\":\"resumed\"");
		back.send(MovingServers.ACK);
		this.server.pass(Duration.ofSeconds(2));
		this.server.finish();
		assertThat(back.isClosed()).isFalse();
		assertThat(this.servers.session().isConnected()).isTrue();
	}

	@Test
	void aClientThatCannotResumeIsNotAskedButClosedWithoutAKick() {
		StillServer.Client old = this.server.connect().handshake();
		this.server.finish();
		ask(Duration.ZERO);
		assertThat(old.packets(5)).isZero();
		this.count = 0;
		close();
		assertThat(old.isClosed()).isTrue();
		assertThat(old.packets(5)).isZero();
		assertThat(this.client.isClosed()).isFalse();
		assertThat(this.count).isOne();
	}

	@Test
	void aClientThatCannotResumeReceivesItsReplyFirst() {
		StillServer.Client old = this.server.connect().handshake();
		old.send(MovingServers.request(2, "lane.slow"));
		this.server.finish();
		close();
		assertThat(old.isClosed()).isFalse();
		this.servers.slow.complete("done");
		this.server.finish();
		assertThat(old.text()).contains("done");
		assertThat(old.isClosed()).isTrue();
	}

	// Sessions without a connection

	@Test
	void aSessionIsOfferedWhenItsClientIsAwayForAWhile() {
		this.servers.cut(this.client);
		this.server.pass(Duration.ofMillis(1900));
		offer();
		assertThat(this.offers).isEmpty();
		this.server.pass(Duration.ofMillis(600));
		offer();
		assertThat(this.offers).singleElement().satisfies((offer) -> {
			assertThat(offer.token().text()).isEqualTo(token(this.client));
			assertThat(offer.windowSpent()).isEqualTo(Duration.ofMillis(2500));
		});
	}

	@Test
	void aParkedSessionContinuesWithTheRestOfItsWindow() {
		this.servers.cut(this.client);
		this.server.pass(Duration.ofSeconds(10));
		offer();
		ParkedSession parked = ParkedSession.accept(this.servers.second.transport(), this.offers.get(0));
		assertThat(parked).isNotNull();
		MovingServers.Answer answer = park(this.offers.get(0));
		assertThat(answer.events).containsExactly("ready");
		this.servers.release(answer);
		this.server.finish();
		parked.restore(
				new MovedSession(this.servers.session().id(), this.servers.session().handshake(),
						this.servers.second.sessionPayloads(), null, this.servers.session().remoteAddress(), "memory"),
				answer.state, (session) -> answer.arrived = session, () -> {
				});
		this.servers.second.otherLoop.runAll();
		assertThat(answer.arrived.isConnected()).isFalse();
		this.servers.second.pass(Duration.ofSeconds(19));
		this.servers.second.otherLoop.runAll();
		assertThat(answer.arrived.isOpen()).isTrue();
		StillServer.Client back = claim(this.servers.second, resume(token(this.client), 1));
		this.servers.second.otherLoop.runAll();
		this.servers.second.finish();
		assertThat(back.text()).contains("\"state\":\"resumed\"");
	}

	private MovingServers.Answer park(ParkOffer offer) {
		MovingServers.Answer answer = new MovingServers.Answer(offer.received(), true);
		answer.claim.submit(this.server.transport(), offer.token());
		this.server.finish();
		this.server.pass(Duration.ofMillis(10));
		return answer;
	}

	@Test
	void aSessionWhoseClientIsBackIsNotParked() {
		this.servers.cut(this.client);
		this.server.pass(Duration.ofSeconds(3));
		offer();
		StillServer.Client back = claim(this.server, resume(token(this.client), 1));
		assertThat(park(this.offers.get(0)).events).containsExactly("withdrawn");
		back.send(MovingServers.ACK);
		this.server.finish();
		assertThat(this.servers.session().isConnected()).isTrue();
		assertThat(park(this.offers.get(0)).events).containsExactly("withdrawn");
		assertThat(this.servers.session().isConnected()).isTrue();
	}

	@Test
	void aServerThatIsLeftItselfAcceptsNoSession() {
		this.servers.cut(this.client);
		this.server.pass(Duration.ofSeconds(3));
		offer();
		this.servers.second.transport().leaving().refuseWhile(() -> true);
		assertThat(ParkedSession.accept(this.servers.second.transport(), this.offers.get(0))).isNull();
	}

}
