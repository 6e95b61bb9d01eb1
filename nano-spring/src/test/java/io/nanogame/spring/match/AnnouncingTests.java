package io.nanogame.spring.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.nanogame.spring.match.PlayerState.QueuedTicket;
import io.nanogame.spring.match.TicketDesk.Place;
import io.nanogame.spring.room.ClientMessage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The announcements of players, which are messages of limited length.
 */
class AnnouncingTests {

	/** Of a NATS server, by default. */
	private static final int MAX_MESSAGE = 1024 * 1024;

	private final JsonMapper mapper = JsonMapper.shared();

	private final Owner owner = new Owner();

	private final OneGateway gateway = new OneGateway();

	private final QueuedPlayers players = new QueuedPlayers(this.gateway, this.mapper, () -> 0, () -> {
	}, (match) -> {
	});

	private final Announcing announcing = new Announcing(
			this.players, new Endings(this.players, this.owner,
					new LocalTickets.Parts(this.mapper, MatchObserver.NONE, () -> ""), Runnable::run),
			this.owner, MatchObserver.NONE, Runnable::run);

	private void add(QueuedTicket ticket) {
		this.players.with(ticket.members().get(0), (visit) -> {
			visit.state(visit.state().with(ticket));
			return true;
		});
	}

	/** Returns whether the ticket is sent with its party. */
	private boolean isWithParty() {
		this.announcing.all();
		return this.owner.last.get(0).party() != null;
	}

	@Test
	void aTicketIsSentOnceUnlessTheOwnerDoesNotKnowIt() {
		add(new QueuedTicket("t1", "duel", List.of("ann"), "{}", 1000, 0, ""));
		assertThat(isWithParty()).isTrue();
		this.owner.unknown = List.of("t1");
		assertThat(isWithParty()).isFalse();
		this.owner.unknown = List.of();
		assertThat(isWithParty()).isTrue();
		assertThat(isWithParty()).isFalse();
	}

	@Test
	void aTicketThatDidNotReachTheOwnerIsSentAgain() {
		add(new QueuedTicket("t1", "duel", List.of("ann"), "{}", 1000, 0, ""));
		this.owner.isReachable = false;
		assertThat(isWithParty()).isTrue();
		this.owner.isReachable = true;
		assertThat(isWithParty()).isTrue();
		assertThat(isWithParty()).isFalse();
	}

	@Test
	void aMessageHasRoomForAllOfAnAnnouncementWhateverThePlayersAreNamed() {
		for (int i = 0; i < 300; i++) {
			String uid = i + "\u732B".repeat(8000);
			String properties = this.mapper.writeValueAsString("\u732B\"".repeat(2000));
			add(new QueuedTicket("t" + i, "duel", List.of(uid), properties, 1000, 0, ""));
		}
		this.announcing.all();
		assertThat(this.owner.lengths).hasSizeGreaterThan(1).allMatch((length) -> length < MAX_MESSAGE);
		assertThat(this.owner.announced).isEqualTo(300);
		this.announcing.all();
		assertThat(this.owner.lengths).allMatch((length) -> length < MAX_MESSAGE);
		assertThat(this.owner.announced).isEqualTo(600);
	}

	/** Records what is announced. */
	private final class Owner implements MatchNodes, QueueDesk {

		private final List<Integer> lengths = new ArrayList<>();

		private int announced;

		private List<Waiting> last = List.of();

		private List<String> unknown = List.of();

		private boolean isReachable = true;

		@Override
		public CompletionStage<Announced> announce(Announcement announcement) {
			this.lengths.add(AnnouncingTests.this.mapper.writeValueAsBytes(announcement).length);
			this.announced += announcement.players().size();
			this.last = announcement.players();
			return this.isReachable ? CompletableFuture.completedStage(new Announced(this.unknown, List.of(), Map.of()))
					: CompletableFuture.failedStage(new IllegalStateException("not reachable"));
		}

		@Override
		public CompletionStage<MatchNodes.Owner> owner(String queue) {
			return CompletableFuture
				.completedStage(new MatchNodes.Owner(new QueueInfo(queue, "arena", 2, 1000), "owner", this));
		}

		@Override
		public CompletionStage<List<QueueInfo>> queues() {
			throw new UnsupportedOperationException();
		}

		@Override
		public String self() {
			return "gateway";
		}

		@Override
		public List<String> gateways() {
			return List.of(self());
		}

		@Override
		public boolean accepts(String node) {
			return true;
		}

		@Override
		public TicketDesk tickets(String node) {
			throw new UnsupportedOperationException();
		}

		@Override
		public TicketDesk allTickets() {
			throw new UnsupportedOperationException();
		}

	}

	/** Has each player that is looked for. */
	private static final class OneGateway implements OwnPlayers {

		private final Map<String, OwnPlayer> players = new HashMap<>();

		@Override
		public <T> T with(String uid, long session, Function<OwnPlayer, T> action) {
			return action.apply(this.players.computeIfAbsent(uid, Present::new));
		}

	}

	private static final class Present implements OwnPlayers.OwnPlayer {

		private final String uid;

		private String state = "";

		Present(String uid) {
			this.uid = uid;
		}

		@Override
		public String uid() {
			return this.uid;
		}

		@Override
		public String state() {
			return this.state;
		}

		@Override
		public void state(String changed) {
			this.state = changed;
		}

		@Override
		public void push(String route, ClientMessage message) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean mayBeIn(String kind) {
			return false;
		}

		@Override
		public CompletionStage<Boolean> giveUp(String kind) {
			return CompletableFuture.completedStage(true);
		}

		@Override
		public boolean enter(Place place) {
			return true;
		}

	}

}
