package io.nanogame.connection;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.nanogame.limit.Limit;
import io.nanogame.limit.Places;
import io.nanogame.observe.MessageObserver;
import io.nanogame.observe.ServerEvents;
import io.nanogame.pipeline.OutboundInterceptors;
import io.nanogame.session.CloseReason;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of a server share, so that each of them holds one reference.
 */
public final class TransportContext {

	final TransportSettings settings;

	final Sessions sessions;

	final ServerEvents events;

	final Traffic traffic = new Traffic();

	final Connections connections;

	private final Places places;

	/** What the system gives; known only when there is no more. */
	private final Limit descriptors = new Limit("descriptors", 0);

	final Intake intake;

	final OutboundPolicy outbound;

	private final PushSettings pushes;

	final Admissions admissions;

	private final Protocols protocols;

	private final TimeSource time;

	private final Limit validations;

	/**
	 * The parts of a server that its connections use.
	 * @param settings of the server
	 * @param pushes how pushes leave
	 * @param sessions where their sessions live
	 * @param receiver takes their messages
	 * @param validations decide which clients come in
	 * @param interceptors see what leaves
	 * @param protocols what their clients may speak
	 * @param events is notified of connections and messages
	 * @param time of the server
	 */
	public TransportContext(TransportSettings settings, PushSettings pushes, Sessions sessions,
			MessageReceiver receiver, Validations validations, OutboundInterceptors interceptors, Protocols protocols,
			ServerEvents events, TimeSource time) {
		ConnectionSettings connection = settings.connection();
		this.settings = settings;
		this.pushes = pushes;
		this.sessions = sessions;
		this.protocols = protocols;
		this.admissions = new Admissions(sessions, validations);
		this.events = events;
		this.time = time;
		this.validations = validations.limit();
		this.places = new Places(connection.limits().maxConnections(), connection.limits().maxConnectionsPerAddress());
		Draining draining = new Draining();
		this.connections = new Connections(draining);
		MessageObserver messages = events.messages();
		this.intake = new Intake(settings, receiver, draining, this.traffic, messages, time);
		this.outbound = new OutboundPolicy(interceptors, this.traffic, messages, connection.highWaterMark(), pushes,
				time::nanoTime);
	}

	/**
	 * Opens a session. Its listeners may read the query; handlers only if it is kept.
	 * Returns false if it was closed instead.
	 */
	boolean open(Session session, @Nullable UrlQuery query) {
		boolean opened = this.sessions.open(session);
		if (query != null && !this.settings.connection().keepsQuery()) {
			query.releaseBehind(session.work().mailbox());
		}
		return opened;
	}

	/** Reports the end of a connection. On its loop. */
	void ended(Wire wire, @Nullable Session opened, CloseReason reason) {
		if (opened == null) {
			this.events.connectionEnded(wire.remoteAddress(), wire.transport(), reason);
			return;
		}
		CloseReason first = opened.closeReason();
		this.events.sessionClosed(opened, (first != null) ? first : reason);
	}

	public TransportSettings settings() {
		return this.settings;
	}

	/**
	 * What clients may speak.
	 * @return the protocols that listeners choose from
	 */
	public Protocols protocols() {
		return this.protocols;
	}

	public Traffic traffic() {
		return this.traffic;
	}

	/**
	 * The connections of all transports.
	 * @return live
	 */
	public Connections connections() {
		return this.connections;
	}

	/**
	 * The places for clients.
	 * @return one for each that may be connected
	 */
	public Places places() {
		return this.places;
	}

	/**
	 * What the system gives of file descriptors.
	 * @return a limit that is known only when there is no more
	 */
	public Limit descriptors() {
		return this.descriptors;
	}

	/**
	 * How long a push may wait for others.
	 * @return zero for not at all
	 */
	public Duration mergeWindow() {
		return this.pushes.mergeWindow();
	}

	/**
	 * The limits of connections and of what comes by them.
	 * @return all of them, whether they are set or not
	 */
	public List<Limit> limits() {
		return Stream
			.of(this.places.limits(), List.of(this.descriptors, this.intake.rate().limit(), this.validations),
					this.intake.backlog().limits())
			.flatMap(List::stream)
			.toList();
	}

	/**
	 * The time of the server, for those who sweep connections.
	 * @return the present moment, as {@link System#nanoTime()}
	 */
	public long nanoTime() {
		return this.time.nanoTime();
	}

}
