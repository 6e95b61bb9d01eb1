package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.nanogame.plain.JsonProtocol;
import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeToken;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginPolicy;
import org.junit.jupiter.api.Test;

import static io.nanogame.connection.MovingServers.claim;
import static io.nanogame.connection.MovingServers.resume;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client receives whose session this server does not have.
 */
class ResumeQueryTests {

	private static final ResumeToken TOKEN = new ResumeToken(7, 1, 2);

	private final MovingServers servers = new MovingServers(LoginPolicy.SEVERAL);

	private final StillServer server = this.servers.second;

	private StillServer.Client claimed() {
		return claim(this.server, resume(TOKEN.text(), 3));
	}

	private StillServer.Client claimedByJson() {
		StillServer.Client client = this.server.connect(JsonProtocol.NAME);
		client
			.send(("{\"handshake\":{},\"resume\":" + resume(TOKEN.text(), 3) + "}\n").getBytes(StandardCharsets.UTF_8));
		this.server.runTurns();
		return client;
	}

	@Test
	void theQueryDescribesTheClient() {
		StillServer.Client client = claimed();
		assertThat(client.text()).isEmpty();
		assertThat(this.servers.query().received()).isEqualTo(3);
		assertThat(this.servers.query().token().text()).isEqualTo(TOKEN.text());
		assertThat(this.servers.query().protocol()).isEqualTo(PomeloProtocol.NAME);
		assertThat(this.servers.query().codec())
			.isEqualTo(this.server.transport().protocols().find(PomeloProtocol.NAME).codec());
	}

	@Test
	void aClientIsNotReadFromUntilTheDecision() {
		StillServer.Client client = claimed();
		client.send(MovingServers.ACK);
		this.server.runTurns();
		assertThat(client.isClosed()).isFalse();
		this.servers.query().notFound();
		this.server.finish();
		assertThat(client.text()).contains("\"state\":\"lost\"");
		assertThat(this.server.sessions.count()).isOne();
	}

	@Test
	void theReasonOfTheEndIsSent() {
		StillServer.Client client = claimed();
		this.servers.query().lost(CloseReason.REPLACED);
		this.server.finish();
		assertThat(client.text()).contains("\"state\":\"lost\"", "\"code\":\"replaced\"");
	}

	/** The other servers are not queried again. */
	@Test
	void aSessionThatNoServerHasIsLost() {
		StillServer.Client client = claimed();
		this.servers.query().notFound();
		this.server.finish();
		assertThat(client.text()).contains("\"state\":\"lost\"").doesNotContain("\"code\":\"");
		assertThat(this.servers.queries).hasSize(1);
		assertThat(this.server.resumable().count(ResumeOutcome.UNKNOWN_TOKEN)).isOne();
	}

	@Test
	void aClientTriesAgainIfItIsUnknownWhetherTheSessionIsLost() {
		StillServer.Client client = claimed();
		this.servers.query().unknown(Duration.ofMillis(250));
		this.server.finish();
		assertThat(client.text().substring(4))
			.isEqualTo("{\"code\":503,\"msg\":\"try again\",\"sys\":{\"retry\":0.25}}");
		byte[] body = client.text().substring(4).getBytes(StandardCharsets.UTF_8);
		assertThat(ResumeReply.parseRetry(body)).isEqualTo(Duration.ofMillis(250));
		assertThat(client.isClosed()).isTrue();
		assertThat(this.server.sessions.count()).isZero();
		assertThat(this.server.connections().count()).isZero();
	}

	@Test
	void aClientOfTheProtocolJsonReceivesTheSameAsAnError() {
		StillServer.Client client = claimedByJson();
		this.servers.query().unknown(Duration.ofSeconds(2));
		this.server.finish();
		assertThat(client.text())
			.isEqualTo("{\"error\":{\"code\":503,\"msg\":\"try again\",\"sys\":{\"retry\":2.0}}}\n");
		assertThat(client.isClosed()).isTrue();
	}

	@Test
	void theQueryIsWantedUntilItIsDecided() {
		claimed();
		ResumeQuery query = this.servers.query();
		assertThat(query.isWanted()).isTrue();
		query.notFound();
		assertThat(query.isWanted()).isFalse();
	}

	@Test
	void theQueryOfAClientThatIsGoneIsNotWanted() {
		StillServer.Client client = claimed();
		client.cut();
		this.server.finish();
		assertThat(this.servers.query().isWanted()).isFalse();
	}

	@Test
	void aClientTriesAgainIfItsAddressHasTooManyQueries() {
		StillServer.Client first = claimed();
		ResumeQuery query = this.servers.query();
		for (int i = 1; i < ResumeQuery.MAX_PER_ADDRESS; i++) {
			claimed();
		}
		StillServer.Client rejected = claimed();
		assertThat(this.servers.queries).hasSize(ResumeQuery.MAX_PER_ADDRESS);
		assertThat(rejected.text()).contains("\"code\":503", "\"retry\":0.5");
		assertThat(rejected.isClosed()).isTrue();
		query.lost(null);
		first.cut();
		this.server.finish();
		assertThat(claimed().text()).as("one was decided").isEmpty();
		assertThat(claimed().text()).contains("\"code\":503");
		assertThat(this.servers.queries).hasSize(ResumeQuery.MAX_PER_ADDRESS + 1);
	}

	@Test
	void aClientThatIsGoneMeanwhileLeavesNothing() {
		StillServer.Client client = claimed();
		client.cut();
		this.server.finish();
		this.servers.query().unknown(Duration.ofMillis(250));
		this.servers.query().notFound();
		this.server.finish();
		assertThat(client.text()).isEmpty();
		assertThat(this.server.connections().count()).isZero();
		assertThat(this.server.sessions.count()).isZero();
	}

}
