package io.nanogame.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionAlreadyBoundException;
import io.nanogame.session.SessionRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A session that is bound to another uid while a login waits for another server. */
@Timeout(20)
class ConcurrentBindTests {

	private static final byte[] HANDSHAKE = { 1, 0, 0, 0 };

	private final MovingServers servers = new MovingServers(LoginPolicy.CONTINUE);

	private final StillServer server = this.servers.second;

	@Test
	void aLoginDoesNotGetTheSessionOfAnotherPlayer() throws Exception {
		this.server.connect().send(HANDSHAKE, MovingServers.ACK, MovingServers.request(1, "lane.login"));
		this.server.finish();
		Session ann = this.server.session();
		this.server.connect().send(HANDSHAKE, MovingServers.ACK);
		this.server.finish();
		Session newer = this.server.sessions.all()
			.stream()
			.filter((session) -> session.id() != ann.id())
			.findFirst()
			.orElseThrow();
		CountDownLatch waits = new CountDownLatch(1);
		CompletableFuture<Boolean> arrival = new CompletableFuture<>();
		SessionRegistry.of(this.server.sessions).logins().awaited().join((session, uid, stamp) -> {
			waits.countDown();
			return arrival;
		});
		CompletableFuture<Session> bob = CompletableFuture.supplyAsync(() -> newer.bind("bob"));
		waits.await();
		assertThat(newer.bind("ann").id()).isEqualTo(ann.id());
		arrival.complete(true);
		assertThatThrownBy(bob::get).isInstanceOf(ExecutionException.class)
			.hasCauseInstanceOf(SessionAlreadyBoundException.class);
		assertThat(this.server.sessions.findByUid("bob")).isEmpty();
	}

}
