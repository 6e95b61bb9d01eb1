package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.resume.ResumeSettings;
import io.nanogame.resume.ResumeState;
import io.nanogame.resume.ResumeToken;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.server.TestServer;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginClaim;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.MemoryConnection;
import io.nanogame.session.RemoteLogins;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionRegistry;
import io.nanogame.test.RawClient;
import org.jspecify.annotations.Nullable;

/**
 * Two servers, between which sessions move. This object does what a cluster does, without
 * frames: a client claims its session at the second server, which queries the first one.
 */
final class MovingServers {

	static final byte[] ACK = RawClient.packet(2, new byte[0]);

	private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

	/** Ends the handlers of {@code lane.slow}. */
	final CompletableFuture<String> slow = new CompletableFuture<>();

	/** The server on which sessions begin. */
	final StillServer first;

	/** The server to which they move. */
	final StillServer second;

	/** The queries of both servers. */
	final List<ResumeQuery> queries = new ArrayList<>();

	/** What the first server sends to a session that has left. */
	final List<MemoryConnection> roads = new ArrayList<>();

	private long lastStamp;

	MovingServers(LoginPolicy policy) {
		this(policy, TransportLimits.NONE);
	}

	MovingServers(LoginPolicy policy, TransportLimits limits) {
		this.first = server(1, policy, limits);
		this.second = server(1000, policy, limits);
		for (StillServer server : List.of(this.first, this.second)) {
			SessionRegistry.of(server.sessions).logins().join(new Logins());
		}
		this.first.transport().join(this.queries::add);
		this.second.transport().join(this.queries::add);
	}

	private StillServer server(long firstId, LoginPolicy policy, TransportLimits limits) {
		return new StillServer(firstId,
				TestServer.settings((it) -> it.heartbeat(Duration.ofMinutes(10))
					.highWaterMark(1000)
					.limits(limits)
					.requestTimeout(Duration.ofHours(1))
					.resume(new ResumeSettings(Duration.ofSeconds(30), 4000, 10, 1 << 20))),
				policy, Route.of("lane.login", MovingServers::login), Route.of("lane.echo", Request::body),
				Route.of("lane.slow", (request) -> this.slow));
	}

	private static Object login(Request request) {
		request.session().bind("ann");
		return "in";
	}

	static byte[] request(int id, String route) {
		return RawClient.packet(4, RawClient.message(0, id, route, "1".getBytes(StandardCharsets.UTF_8)));
	}

	/** Sends a handshake without its confirmation. */
	static StillServer.Client claim(StillServer server, String resume) {
		StillServer.Client client = server.connect();
		client
			.send(RawClient.packet(1, "{\"sys\":{\"resume\":%s}}".formatted(resume).getBytes(StandardCharsets.UTF_8)));
		server.runTurns();
		return client;
	}

	static String resume(String token, long received) {
		return "{\"token\":\"%s\",\"received\":%d}".formatted(token, received);
	}

	/** The newest token that a client was sent. */
	static String token(StillServer.Client client) {
		List<MatchResult> tokens = TOKEN.matcher(client.text()).results().toList();
		return tokens.get(tokens.size() - 1).group(1);
	}

	/** A client with a new session on the first server, and a uid. */
	StillServer.Client connect() {
		StillServer.Client client = claim(this.first, "{}");
		client.send(ACK, request(1, "lane.login"));
		this.first.finish();
		return client;
	}

	/** The session of the first server. */
	Session session() {
		return this.first.session();
	}

	void cut(StillServer.Client client) {
		client.cut();
		this.first.finish();
	}

	ResumeQuery query() {
		return this.queries.get(this.queries.size() - 1);
	}

	/** The second server claims the session for its client. */
	Answer claim() {
		Answer answer = new Answer(query().received());
		answer.found = answer.claim.submit(this.first.transport(), query().token());
		this.first.runTurns();
		return answer;
	}

	/** The session leaves the first server. */
	void release(Answer answer) {
		release(answer, (session) -> {
		}, (session) -> {
		});
	}

	/**
	 * The session leaves the first server.
	 * @param first runs before it has another connection
	 * @param last runs when it has another connection
	 */
	void release(Answer answer, Consumer<Session> first, Consumer<Session> last) {
		answer.claim.release(first.andThen(leave(answer)).andThen(last), (state) -> answer.state = state);
	}

	/**
	 * The session leaves the first server.
	 * @param write runs instead of sending its state
	 */
	void release(Answer answer, Runnable write) {
		answer.claim.release(leave(answer), (state) -> write.run());
	}

	private Consumer<Session> leave(Answer answer) {
		return (session) -> {
			MemoryConnection road = new MemoryConnection(new MemoryConnection.Loop(Runnable::run));
			this.roads.add(road);
			answer.stamp = SessionRegistry.of(this.first.sessions).logins().leave(session);
			SessionHandle.of(session).moveTo(road);
		};
	}

	/** The session arrives at the second server. */
	Session arrive(Answer answer, @Nullable Session copy) {
		Session former = session();
		Consumer<Session> restored = (session) -> {
			SessionHandle.of(session).login().restore(former.uid(), answer.stamp);
			answer.arrived = session;
		};
		restore(new MovedSession(former.id(), former.handshake(), SessionRegistry.of(this.second.sessions).payloads(),
				copy, former.remoteAddress(), former.transport()), answer, restored);
		return answer.arrived;
	}

	/** The session arrives at the second server, or cannot continue there. */
	void restore(MovedSession moved, Answer answer, Consumer<Session> restored) {
		query().restore(moved, answer.state, restored, () -> answer.events.add("failed"));
		this.second.finish();
	}

	/** The second server claims the session of a player, without its token. */
	Answer claimOf(String uid, boolean parks) {
		Answer answer = new Answer(0, parks, uid);
		answer.found = answer.claim.submit(this.first.transport(), ResumeToken.none(session().id()));
		this.first.finish();
		this.first.pass(Duration.ofMillis(200));
		return answer;
	}

	/** Logins at the second server bring the session of the first one. */
	void bringForLogins() {
		SessionRegistry.of(this.second.sessions).logins().awaited().join(this::bring);
	}

	private CompletionStage<Boolean> bring(Session newer, String uid, long stamp) {
		CompletableFuture<Boolean> arrived = new CompletableFuture<>();
		Session former = session();
		LoginPull pull = LoginPull.of(newer, former.id(), uid, stamp,
				(result) -> arrived.complete(result != LoginPull.Result.OUTDATED));
		Answer answer = claimOf(uid, pull.parks());
		release(answer);
		this.first.finish();
		pull.restore(
				new MovedSession(former.id(), former.handshake(), SessionRegistry.of(this.second.sessions).payloads(),
						null, former.remoteAddress(), former.transport()),
				answer.state, (session) -> SessionHandle.of(session).login().restore(uid, answer.stamp),
				() -> answer.events.add("failed"));
		this.second.runTurns();
		return arrived;
	}

	/** All of it: the session continues on the second server. */
	Session move() {
		Answer answer = claim();
		release(answer);
		this.first.finish();
		return arrive(answer, null);
	}

	/** Gives each login its stamp. */
	private final class Logins implements RemoteLogins {

		@Override
		public boolean isOwn(Session session) {
			return true;
		}

		@Override
		public long stamp() {
			return ++MovingServers.this.lastStamp;
		}

		@Override
		public void announce(LoginClaim claim) {
		}

		@Override
		public CompletionStage<Boolean> isHeld(String uid) {
			return CompletableFuture.completedFuture(false);
		}

	}

	/** What the first server has answered to a claim. */
	static final class Answer implements RemoteClaim.Answer {

		final List<String> events = new ArrayList<>();

		final RemoteClaim claim;

		boolean found;

		@Nullable ResumeState state;

		long stamp;

		@Nullable Session arrived;

		Answer(long received) {
			this(received, false);
		}

		Answer(long received, boolean parks) {
			this(received, parks, "");
		}

		/** A claim without a token, if there is a uid. */
		Answer(long received, boolean parks, String uid) {
			this.claim = new RemoteClaim(PomeloProtocol.NAME, received, parks, uid, this);
		}

		@Override
		public void ready(long session) {
			this.events.add("ready");
		}

		@Override
		public void lost(@Nullable CloseReason reason) {
			this.events.add("lost " + ((reason != null) ? reason.code() : ""));
		}

		@Override
		public void withdrawn() {
			this.events.add("withdrawn");
		}

	}

}
