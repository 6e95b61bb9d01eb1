package io.nanogame.connection;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.nanogame.limit.ConnectionSlots;
import io.nanogame.limit.Limit;
import io.nanogame.observe.MessageObserver;
import io.nanogame.observe.ServerEvents;
import io.nanogame.pipeline.OutboundInterceptors;
import io.nanogame.resume.ResumableSessions;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Continuation;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionRegistry;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The shared state of all connections of a server, so that each of them holds one
 * reference.
 */
public final class TransportContext {

	final TransportSettings settings;

	final SessionRegistry registry;

	final ServerEvents events;

	final Traffic traffic = new Traffic();

	final Connections connections;

	private final ConnectionSlots connectionSlots;

	/**
	 * The number of file descriptors; the maximum is unknown, but exceeding it is
	 * counted.
	 */
	private final Limit descriptors = new Limit("descriptors", 0);

	final Intake intake;

	final OutboundPolicy outbound;

	private final PushSettings pushes;

	final Admissions admissions;

	final ResumableSessions resumable;

	/** By the id of the session, from its handshake to its end. */
	final Resumptions resumptions = new Resumptions();

	private final LeavingClients leaving = new LeavingClients(this);

	/** Of the queries for sessions of other servers, each of which costs all of these. */
	final ConnectionSlots querySlots = new ConnectionSlots(ResumeQuery.MAX, ResumeQuery.MAX_PER_ADDRESS);

	private volatile RemoteResumes remote = RemoteResumes.NONE;

	private final Protocols protocols;

	private final TimeSource time;

	private final Limit validations;

	/**
	 * Creates the shared state of a server's connections.
	 * @param settings the settings of the server
	 * @param pushes the settings of pushes
	 * @param registry the registry of their sessions
	 * @param receiver receives their messages
	 * @param validations decide which clients are accepted
	 * @param interceptors intercept outbound messages
	 * @param protocols the protocols of listeners
	 * @param events is notified of connections and messages
	 * @param time the time of the server
	 */
	public TransportContext(TransportSettings settings, PushSettings pushes, SessionRegistry registry,
			MessageReceiver receiver, Validations validations, OutboundInterceptors interceptors, Protocols protocols,
			ServerEvents events, TimeSource time) {
		ConnectionSettings connection = settings.connection();
		this.settings = settings;
		this.pushes = pushes;
		this.registry = registry;
		this.protocols = protocols;
		this.admissions = new Admissions(registry, validations);
		this.resumable = new ResumableSessions(settings.resume(), new SecureRandom(), time);
		this.events = events;
		this.time = time;
		this.validations = validations.limit();
		this.connectionSlots = new ConnectionSlots(connection.limits().maxConnections(),
				connection.limits().maxConnectionsPerAddress());
		Draining draining = new Draining();
		this.connections = new Connections(draining);
		MessageObserver messages = events.messages();
		this.intake = new Intake(settings, receiver, draining, this.traffic, messages, time);
		this.outbound = new OutboundPolicy(interceptors, this.traffic, messages, connection.highWaterMark(), pushes,
				time::nanoTime);
	}

	/**
	 * Opens a session. Its listeners may read the query; handlers may only if it is kept.
	 * Returns false if it was closed instead.
	 */
	boolean open(Session session, @Nullable UrlQuery query) {
		boolean opened = this.registry.open(session);
		release(session, query);
		return opened;
	}

	private void release(Session session, @Nullable UrlQuery query) {
		if (query != null && !this.settings.connection().keepsQuery()) {
			query.releaseAfterPending(SessionHandle.of(session).queue().mailbox());
		}
	}

	/** Reports a session that has opened. Confined to its loop. */
	void opened(Session session, OutputLoop loop) {
		loop.deliver(() -> this.events.sessionOpened(session));
	}

	/** Counts and reports a connection that was cut. Confined to the session's loop. */
	void detached(Session session, OutputLoop loop, CloseReason reason) {
		loop.deliver(() -> this.events.sessionDetached(session, reason));
		this.registry.detached(session, reason);
	}

	/** Returns whether cut sessions are kept, so that players can log in to them. */
	boolean keepsLogins() {
		return this.registry.logins().continuesFirst() && this.resumable.settings().isEnabled();
	}

	/** Reports that a client continues another session. Confined to its loop. */
	void left(Continuation continuation, OutputLoop loop) {
		Session survivor = continuation.survivor();
		loop.deliver(() -> this.events.sessionContinued(survivor, continuation.formerId()));
	}

	/** Counts and reports a session that continues. Confined to its loop. */
	void resumed(Session session, OutputLoop loop, @Nullable UrlQuery query, long awayNanos, int resent,
			ResumeOutcome outcome) {
		this.resumable.add(outcome);
		loop.deliver(() -> this.events.sessionResumed(session, awayNanos, resent));
		this.registry.resumed(session);
		release(session, query);
	}

	/** Counts and reports the end of a connection. Confined to its loop. */
	void ended(Wire wire, @Nullable Session opened, CloseReason reason) {
		// A session that another thread has closed ends for that reason.
		CloseReason first = (opened != null) ? opened.closeReason() : null;
		CloseReason ended = (first != null) ? first : reason;
		this.traffic.closed(ended);
		if (opened != null) {
			this.events.sessionClosed(opened, ended);
		}
		else {
			this.events.connectionEnded(wire.remoteAddress(), wire.transport(), ended);
		}
	}

	/**
	 * Makes this server one of a cluster.
	 * @param others the sessions of the other servers
	 */
	public void join(RemoteResumes others) {
		this.remote = others;
	}

	RemoteResumes remote() {
		return this.remote;
	}

	TimeSource time() {
		return this.time;
	}

	/**
	 * Returns the clients that leave this server for others.
	 * @return always the same object
	 */
	public LeavingClients leaving() {
		return this.leaving;
	}

	/**
	 * Returns the sessions that outlive their connections.
	 * @return always the same object
	 */
	public ResumableSessions resumable() {
		return this.resumable;
	}

	public TransportSettings settings() {
		return this.settings;
	}

	/**
	 * Returns the protocols that listeners may name.
	 * @return the protocols
	 */
	public Protocols protocols() {
		return this.protocols;
	}

	public Traffic traffic() {
		return this.traffic;
	}

	/**
	 * Returns the connections of all transports.
	 * @return a live view
	 */
	public Connections connections() {
		return this.connections;
	}

	/**
	 * Returns the slots that connections acquire.
	 * @return the slots
	 */
	public ConnectionSlots connectionSlots() {
		return this.connectionSlots;
	}

	/**
	 * Returns the limit of file descriptors.
	 * @return a limit whose maximum is unknown; it counts failures to accept connections
	 */
	public Limit descriptors() {
		return this.descriptors;
	}

	/**
	 * Returns the time by which a push may be delayed to be flushed with others.
	 * @return zero for no delay
	 */
	public Duration mergeWindow() {
		return this.pushes.mergeWindow();
	}

	/**
	 * Returns the limits of connections and of received messages.
	 * @return all limits, whether they are set or not
	 */
	public List<Limit> limits() {
		return Stream
			.of(this.connectionSlots.limits(), List.of(this.descriptors, this.intake.rate().limit(), this.validations),
					this.intake.backlog().limits())
			.flatMap(List::stream)
			.toList();
	}

	/**
	 * Returns the time of the server, for sweeps.
	 * @return the current time, as {@link System#nanoTime()}
	 */
	public long nanoTime() {
		return this.time.nanoTime();
	}

}
