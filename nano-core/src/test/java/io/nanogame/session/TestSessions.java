package io.nanogame.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.lane.ManualExecutor;
import io.nanogame.lane.Timers;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sessions on connections to nowhere, whose workers and loop work when the test says so.
 */
public final class TestSessions {

	public static final String PITAYA = "{\"sys\":{\"platform\":\"mac\",\"libVersion\":\"0.3.5-release\"}}";

	public final Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));

	public final ManualExecutor workers = new ManualExecutor();

	public final Sessions listed;

	public final SessionRegistry registry;

	public final Timers timers = new Timers(this.workers, Duration.ofMillis(1));

	public final ManualExecutor loopThread = new ManualExecutor();

	public final MemoryConnection.Loop loop = new MemoryConnection.Loop(this.loopThread);

	public TestSessions() {
		this(LoginPolicy.SEVERAL);
	}

	public TestSessions(LoginPolicy policy) {
		this.listed = new Sessions(this.payloads, this.workers, 0, new AtomicLong()::incrementAndGet, policy);
		this.registry = SessionRegistry.of(this.listed);
	}

	/**
	 * A session that is open.
	 * @return a new one
	 */
	public Session open() {
		return open("{}");
	}

	public Session open(String handshake) {
		Session session = create(handshake);
		this.registry.open(session);
		return session;
	}

	/**
	 * A session whose handshake is not over.
	 * @param handshake its JSON
	 * @return a new one
	 */
	public Session create(String handshake) {
		HandshakeRequest request = HandshakeRequest.parse(handshake.getBytes(StandardCharsets.UTF_8));
		return this.registry.create(new MemoryConnection(this.loop),
				new Introduction(request.client(), request.userPart()));
	}

	public static MemoryConnection connection(Session session) {
		return (MemoryConnection) SessionHandle.of(session).connection();
	}

}
