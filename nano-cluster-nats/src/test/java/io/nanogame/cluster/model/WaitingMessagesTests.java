package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.nanogame.connection.DispatchSettings;
import io.nanogame.connection.TransportSettings;
import io.nanogame.route.Request;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.SessionHandle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to messages for a node that cannot receive them at the moment: they wait
 * at the gateway, until the node is back or gone.
 */
@ParameterizedClass
@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
class WaitingMessagesTests {

	private static final Duration MOMENT = Duration.ofMillis(10);

	private static final int MANY = 20;

	private static final DispatchSettings SETTINGS = TransportSettings.defaults().dispatch();

	private final ModelCluster cluster;

	private final ModelNode room;

	private final ModelNode gate;

	/** Ends the handler of {@code here.wait}. */
	private final CompletableFuture<String> ending = new CompletableFuture<>();

	/** The nodes and bodies of the messages that were handled. */
	private final List<String> handled = new ArrayList<>();

	private WaitingPlayer player;

	WaitingMessagesTests(long seed) {
		this.cluster = new ModelCluster(seed);
		this.room = backend("room");
		this.gate = gateway("gate").start(true);
	}

	private ModelNode backend(String name) {
		return this.cluster.node(name, LoginPolicy.SEVERAL).route("room.echo", (request) -> {
			this.handled.add(name + " " + body(request));
			return body(request);
		}).start(false);
	}

	private ModelNode gateway(String name) {
		return this.cluster.node(name, LoginPolicy.SEVERAL)
			.route(WaitingPlayer.ECHO, WaitingMessagesTests::body)
			.route("here.wait", (request) -> this.ending);
	}

	private static String body(Request request) {
		return JsonMapper.shared().readValue(request.body(), String.class);
	}

	private static String id(ModelNode node) {
		return node.cluster.nodes().self().id();
	}

	private static List<String> numbers(String prefix) {
		List<String> numbers = new ArrayList<>();
		for (int i = 0; i < MANY; i++) {
			numbers.add(prefix + i);
		}
		return numbers;
	}

	private WaitingPlayer player(ModelNode gateway) {
		return WaitingPlayer.connect(this.cluster, gateway);
	}

	@BeforeEach
	void connect() {
		this.cluster.settle();
		this.player = player(this.gate);
		this.player.client().request("room.echo", "hello");
		this.cluster.advance(MOMENT);
		assertThat(this.player.replies()).containsExactly("hello");
		this.player.replies().clear();
		this.handled.clear();
	}

	/** The connection of a node is lost, and a message of another client with it. */
	private void disconnect(ModelNode node) {
		WaitingPlayer other = player(this.gate);
		this.gate.cluster.bind(other.session(), "room", id(node));
		node.bus.disconnect();
		other.client().notify("room.echo", "lost");
		this.cluster.advance(MOMENT);
		assertThat(this.gate.cluster.nodes().isReachable(id(node))).isFalse();
	}

	private void requestMany(WaitingPlayer from) {
		for (int i = 0; i < MANY; i++) {
			from.client().request("room.echo", String.valueOf(i));
			this.cluster.advance(MOMENT);
		}
	}

	@Test
	void requestsWhileTheNodeIsAwayAreHandledInOrderAndOnce() {
		disconnect(this.room);
		requestMany(this.player);
		assertThat(this.player.replies()).isEmpty();
		this.room.bus.reconnect();
		this.cluster.advance(MOMENT);
		assertThat(this.player.replies()).isEqualTo(numbers(""));
		assertThat(this.handled).isEqualTo(numbers("room "));
	}

	@Test
	void aSessionThatTheNodeDoesNotKnowYetIsIntroducedWhenItIsBack() {
		disconnect(this.room);
		WaitingPlayer newcomer = player(this.gate);
		requestMany(newcomer);
		this.room.bus.reconnect();
		this.cluster.advance(MOMENT);
		assertThat(newcomer.replies()).isEqualTo(numbers(""));
	}

	/** The first one was sent before the node was suspect. */
	@Test
	void ofASessionWhoseIntroductionIsLostOnlyTheFirstRequestFails() {
		WaitingPlayer newcomer = player(this.gate);
		this.room.bus.disconnect();
		newcomer.client().request("room.echo", "lost");
		this.cluster.advance(MOMENT);
		requestMany(newcomer);
		this.room.bus.reconnect();
		this.cluster.advance(MOMENT);
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(this.handled).isEqualTo(numbers("room "));
		assertThat(newcomer.replies()).contains("408");
		newcomer.replies().remove("408");
		assertThat(newcomer.replies()).isEqualTo(numbers(""));
	}

	@Test
	void notifiesWait() {
		disconnect(this.room);
		this.player.client().notify("room.echo", "a");
		this.player.client().notify("room.echo", "b");
		this.cluster.advance(MOMENT);
		this.room.bus.reconnect();
		this.cluster.advance(MOMENT);
		assertThat(this.handled).containsExactly("room a", "room b");
		assertThat(this.player.backlog()).isZero();
	}

	@Test
	void laterMessagesForThisNodeWaitBehindThem() {
		disconnect(this.room);
		this.player.client().request("room.echo", "there");
		this.player.client().request(WaitingPlayer.ECHO, "here");
		this.cluster.advance(MOMENT);
		assertThat(this.player.replies()).isEmpty();
		this.room.bus.reconnect();
		this.cluster.advance(MOMENT);
		assertThat(this.player.replies()).containsExactly("there", "here");
	}

	@Test
	void aFailureWaitsForEarlierMessages() {
		CompletableFuture<String> first = new CompletableFuture<>();
		this.cluster.node("hall", LoginPolicy.SEVERAL).route("hall.wait", (request) -> first).start(false);
		this.cluster.settle();
		this.player.client().request("hall.wait", "first");
		this.cluster.advance(MOMENT);
		this.room.cluster.drain().begin();
		this.cluster.settle();
		this.player.client().request("room.echo", "second");
		this.cluster.advance(MOMENT);
		assertThat(this.player.replies()).isEmpty();
		first.complete("first");
		this.cluster.advance(MOMENT);
		assertThat(this.player.replies()).containsExactly("first", "503");
	}

	@Test
	void whenTheNodeIsGoneForGoodTheyFailAsNotBegun() {
		disconnect(this.room);
		requestMany(this.player);
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(this.player.replies()).isEmpty();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
		assertThat(this.player.replies()).hasSize(MANY).containsOnly("503");
		this.player.client().request("room.echo", "late");
		this.cluster.advance(MOMENT);
		assertThat(this.player.replies()).hasSize(MANY + 1).containsOnly("503");
		this.room.bus.reconnect();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		assertThat(this.handled).isEmpty();
	}

	@Test
	void whenTheNodeIsGoneForGoodAnotherOneHandlesThem() {
		backend("spare");
		this.cluster.settle();
		disconnect(this.room);
		requestMany(this.player);
		assertThat(this.player.replies()).isEmpty();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		assertThat(this.player.replies()).isEqualTo(numbers(""));
		assertThat(this.handled).isEqualTo(numbers("spare "));
	}

	@Test
	void aSessionThatHasNoNodeYetIsNotRoutedToOneThatIsAway() {
		backend("spare");
		this.cluster.settle();
		disconnect(this.room);
		for (int i = 0; i < MANY; i++) {
			WaitingPlayer newcomer = player(this.gate);
			newcomer.client().request("room.echo", "x");
			this.cluster.advance(MOMENT);
			assertThat(newcomer.replies()).containsExactly("x");
		}
		assertThat(this.handled).hasSize(MANY).containsOnly("spare x");
	}

	/** The time before, in which it waited for a handler of this node, counts. */
	@Test
	void aRequestWhoseTimeIsOverFailsAsNotBegunAndIsNeverHandled() {
		this.player.client().request("here.wait", "");
		this.player.client().request("room.echo", "there");
		this.cluster.advance(SETTINGS.requestTimeout().minusSeconds(1));
		disconnect(this.room);
		this.ending.complete("ended");
		this.cluster.advance(Duration.ofSeconds(2));
		assertThat(this.player.replies()).containsExactly("ended", "503");
		assertThat(this.player.backlog()).isZero();
		this.player.client().request(WaitingPlayer.ECHO, "here");
		this.cluster.advance(MOMENT);
		assertThat(this.player.replies()).containsExactly("ended", "503", "here");
		this.room.bus.reconnect();
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(this.handled).isEmpty();
	}

	@Test
	void theyCountAsTheBacklogOfTheSession() {
		disconnect(this.room);
		int max = SETTINGS.maxBacklog();
		for (int i = 0; i < 2 * max; i++) {
			this.player.client().request("room.echo", "x");
		}
		this.cluster.advance(MOMENT);
		assertThat(this.player.backlog()).isEqualTo(max);
		assertThat(SessionHandle.of(this.player.session()).queue().backlogBytes()).isPositive();
		this.room.bus.reconnect();
		this.cluster.advance(MOMENT);
		assertThat(this.handled).hasSize(2 * max);
		assertThat(this.player.replies()).hasSize(2 * max).containsOnly("x");
		assertThat(this.player.backlog()).isZero();
	}

	@Test
	void theEndOfTheSessionByThisServerFreesThem() {
		disconnect(this.room);
		requestMany(this.player);
		assertThat(this.player.backlog()).isGreaterThanOrEqualTo(MANY);
		this.player.session().close(CloseReason.kick("cheater"));
		this.cluster.advance(MOMENT);
		assertThat(this.player.backlog()).isZero();
		this.room.bus.reconnect();
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(this.handled).isEmpty();
		assertThat(this.room.sessions.find(this.player.session().id())).isEmpty();
	}

	@Test
	void whatAClientHasSentBeforeItDisconnectedIsHandledWhenTheNodeIsBack() {
		disconnect(this.room);
		requestMany(this.player);
		this.player.client().close();
		this.cluster.advance(MOMENT);
		this.room.bus.reconnect();
		this.cluster.advance(MOMENT);
		assertThat(this.handled).isEqualTo(numbers("room "));
		assertThat(this.room.sessions.find(this.player.session().id())).isEmpty();
		assertThat(this.player.backlog()).isZero();
	}

	@Test
	void whatAClientHasSentBeforeItDisconnectedIsFreedWhenTheNodeIsGone() {
		disconnect(this.room);
		requestMany(this.player);
		this.player.client().close();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		assertThat(this.player.backlog()).isZero();
	}

}
