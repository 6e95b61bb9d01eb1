package io.nanogame.dispatch;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Connection;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Introduction;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionQueue;
import io.nanogame.session.SessionRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session that records the view of its client and its handlers, and checks the
 * invariants.
 */
final class ModelSession implements Connection {

	final Session session;

	private final ConnectionLoop loop;

	/** The deadlines of open requests, by id. */
	private final Map<Long, Long> open = new HashMap<>();

	private final Map<Long, String> routes = new HashMap<>();

	private final Map<Long, Integer> answers = new HashMap<>();

	private final Set<Long> started = new HashSet<>();

	private long lastInOrder;

	/** Returns whether the newest ordered handler has ended. */
	private BooleanSupplier ended = () -> true;

	ModelSession(SessionRegistry sessions, ConnectionLoop loop) {
		this.loop = loop;
		this.session = sessions.create(this, Introduction.UNKNOWN);
		sessions.open(this.session);
	}

	void sent(long id, String route, long deadline) {
		this.open.put(id, deadline);
		this.routes.put(id, route);
	}

	/** Called when a handler starts. */
	void starts(long number, boolean request, boolean concurrent, BooleanSupplier end) {
		if (request) {
			assertThat(this.answers).as("begun after its answer").doesNotContainKey(number);
			this.started.add(number);
		}
		CloseReason closed = this.session.closeReason();
		assertThat(closed == null || closed == CloseReason.CLIENT_CLOSED).as("not kicked").isTrue();
		if (!concurrent) {
			assertThat(this.ended.getAsBoolean()).as("one handler at a time").isTrue();
			assertThat(number).as("in order").isGreaterThan(this.lastInOrder);
			this.lastInOrder = number;
			this.ended = end;
		}
	}

	@Override
	public void send(OutboundMessage message) {
		if (!this.session.isOpen()) {
			return;
		}
		String body = new String(message.body(), StandardCharsets.UTF_8);
		int code = message.isError() ? Integer.parseInt(body.replaceAll(".*\"code\":(\\d+).*", "$1")) : 200;
		assertThat(this.answers.put(message.id(), code)).as("answered once: %d", message.id()).isNull();
		assertThat(this.open.remove(message.id())).as("was asked").isNotNull();
		if (code == 503) {
			assertThat(this.started).as("503 says not begun").doesNotContain(message.id());
		}
		else if (code != 404) {
			assertThat(this.started).as("%d says begun", code).contains(message.id());
		}
	}

	/** Runs the sweep of the loop. */
	void sweep(long now) {
		SessionHandle.of(this.session).queue().expire(now);
		if (this.session.isOpen()) {
			assertThat(this.open).as("answered in time, of %s", this.routes)
				.allSatisfy((id, deadline) -> assertThat(deadline).isGreaterThanOrEqualTo(now));
		}
	}

	/** Checks the state when no task is left and all deadlines have passed. */
	void isQuiet() {
		if (this.session.isOpen()) {
			assertThat(this.open).as("requests without an answer").isEmpty();
		}
		SessionQueue queue = SessionHandle.of(this.session).queue();
		assertThat(queue.mailbox().size()).as("queued messages").isZero();
		assertThat(queue.givenUp()).as("given up and queued").isZero();
		assertThat(queue.backlog()).as("backlog").isZero();
	}

	int answers(int code) {
		return (int) this.answers.values().stream().filter((each) -> each == code).count();
	}

	@Override
	public void close(CloseReason reason) {
	}

	@Override
	public ConnectionLoop loop() {
		return this.loop;
	}

	@Override
	public void resume() {
	}

	@Override
	public SocketAddress remoteAddress() {
		return InetSocketAddress.createUnresolved("client", 1);
	}

	@Override
	public String transport() {
		return "model";
	}

	@Override
	public Map<String, List<String>> queryParameters() {
		return Map.of();
	}

}
