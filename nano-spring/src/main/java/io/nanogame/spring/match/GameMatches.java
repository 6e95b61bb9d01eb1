package io.nanogame.spring.match;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.nanogame.lane.Lane;
import io.nanogame.service.Offer;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.spring.match.TicketDesk.Place;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.RoomInfo;
import io.nanogame.spring.room.RoomParts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.SmartLifecycle;

/**
 * The matchmaker of a server, with its start and its stop. Thread-safe.
 */
public final class GameMatches implements SmartLifecycle {

	private static final int ID_LENGTH = 12;

	private static final Logger log = LoggerFactory.getLogger(GameMatches.class);

	private final MatchQueues queues;

	private final RoomParts parts;

	private final GameRooms rooms;

	private final MatchObserver observer;

	private final ServiceNodes nodes;

	private final Matchmaker matchmaker;

	private final SecureRandom random = new SecureRandom();

	private final List<Offer<?>> offers = new ArrayList<>();

	private volatile @Nullable Players players;

	/**
	 * Creates the matchmaker of a server.
	 * @param queues its queues
	 * @param parts the parts of the engine
	 * @param rooms the rooms
	 * @param observer receives what the matchmaker does
	 */
	public GameMatches(MatchQueues queues, RoomParts parts, GameRooms rooms, MatchObserver observer) {
		this.queues = queues;
		this.parts = parts;
		this.rooms = rooms;
		this.observer = observer;
		this.nodes = new ServiceNodes(parts, queues.infos());
		this.matchmaker = new ClusterMatchmaker(this.nodes, parts.mapper());
	}

	/**
	 * Returns the matchmaker, for the game.
	 * @return always the same object
	 */
	public Matchmaker matchmaker() {
		return this.matchmaker;
	}

	/**
	 * Returns the number of tickets of this node in a queue.
	 * @param queue the name of the queue
	 * @return the number at present
	 */
	public int waiting(String queue) {
		Players present = this.players;
		return (present != null) ? present.tickets().count(queue) : 0;
	}

	/**
	 * Serves the players of this node. Called once, before the start, on a server with
	 * clients.
	 * @param sessions supplies the sessions of this server
	 * @param own recognises those whose clients are connected to it
	 */
	public void serve(Supplier<Sessions> sessions, Predicate<Session> own) {
		SessionPlayers found = new SessionPlayers(sessions, own, this.rooms.seats(), this.parts.messages());
		MatchLane lane = new MatchLane(this.parts.lanes().create("match tickets"), this.parts.timers());
		this.players = new Players(found, new LocalTickets(found, this.nodes, lane,
				new LocalTickets.Parts(JsonMapper.shared(), this.observer, this::nextId)), lane);
	}

	/**
	 * A session has arrived from another node, perhaps with tickets.
	 * @param session the session
	 * @param uid its uid
	 */
	public void arrived(Session session, String uid) {
		Players present = this.players;
		if (present != null && present.own().isOwn(session) && !SessionPlayers.state(session).isEmpty()) {
			present.tickets().arrived(uid);
		}
	}

	void closed(Session session) {
		Players present = this.players;
		String uid = session.uid();
		if (present != null && uid != null && present.own().isOwn(session)) {
			String state = SessionPlayers.last(session);
			if (!state.isEmpty()) {
				present.tickets().left(uid, state);
			}
		}
	}

	void unbound(Session session, String uid) {
		Players present = this.players;
		if (present != null && present.own().isOwn(session)) {
			String state = SessionPlayers.remove(session);
			if (!state.isEmpty()) {
				present.tickets()
					.unbound(uid, state,
							(route, message) -> session.push(route, this.parts.messages().write(message, session)));
			}
		}
	}

	@Override
	public synchronized void start() {
		if (!this.offers.isEmpty()) {
			return;
		}
		if (!this.queues.infos().isEmpty()) {
			List<OwnedQueue> owned = this.queues.infos().stream().map(this::queue).toList();
			offer(QueueDesk.class, new LocalQueues(owned), this.parts.lanes().create("match queues"));
		}
		Players present = this.players;
		if (present != null) {
			offerTickets(present);
		}
	}

	private void offerTickets(Players present) {
		try {
			offer(TicketDesk.class, present.tickets(), present.lane().lane());
			this.nodes.gateway(true);
		}
		catch (IllegalArgumentException ex) {
			// Without JSON between nodes there are no rooms, either.
			log.info("The matchmaker is off: {}", ex.getMessage());
		}
	}

	private <T> void offer(Class<T> type, T desk, Lane lane) {
		this.offers.add(this.parts.network().services().get().offer(type, null, desk, lane));
	}

	private OwnedQueue queue(QueueInfo info) {
		MatchLane lane = new MatchLane(this.parts.lanes().create("match queue " + info.queue()), this.parts.timers());
		return new OwnedQueue(info, this.queues.rule(info), this.nodes, lane,
				new OwnedQueue.Parts(this.parts.mapper(), this::open, this.observer, this::nextId, this.random));
	}

	private CompletionStage<Place> open(String kind, @Nullable Object options, List<String> uids) {
		return this.rooms.rooms().create(kind, options).thenCompose((room) -> reserve(room, uids));
	}

	private CompletionStage<Place> reserve(RoomInfo room, List<String> uids) {
		List<CompletableFuture<String>> nodes = uids.stream()
			.map((uid) -> this.rooms.seats().reserve(room.room(), uid).toCompletableFuture())
			.toList();
		return CompletableFuture.allOf(nodes.toArray(CompletableFuture<?>[]::new))
			.thenApply((done) -> new Place(room.room(), room.kind(), nodes.get(0).join()));
	}

	private String nextId() {
		byte[] bytes = new byte[ID_LENGTH];
		this.random.nextBytes(bytes);
		return Base64.getUrlEncoder().encodeToString(bytes);
	}

	@Override
	public synchronized void stop() {
		this.nodes.gateway(false);
		this.offers.forEach(Offer::close);
		this.offers.clear();
	}

	@Override
	public synchronized boolean isRunning() {
		return !this.offers.isEmpty();
	}

	/** As for rooms. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 2;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	/**
	 * The players of this node.
	 *
	 * @param own the sessions
	 * @param tickets their tickets
	 * @param lane the lane of the tickets
	 */
	private record Players(SessionPlayers own, LocalTickets tickets, MatchLane lane) {
	}

}
