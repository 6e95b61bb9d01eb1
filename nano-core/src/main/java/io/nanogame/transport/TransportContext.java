package io.nanogame.transport;

import java.util.List;
import java.util.stream.Stream;

import io.nanogame.limit.Limit;
import io.nanogame.pipeline.OutboundInterceptors;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.protocol.RouteNames;
import io.nanogame.route.RouteTable;
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

	final Traffic traffic;

	final Connections connections = new Connections();

	final Places places;

	/** What the system gives; known only when there is no more. */
	final Limit descriptors = new Limit("descriptors", 0);

	final Backlog backlog;

	final RequestRate requestRate;

	final Handshakes handshakes;

	private final Limit validations;

	final Input input;

	final Output output;

	final PushSettings pushes;

	final PacketDecoder packetDecoder;

	final TimeSource time;

	private final long requestTimeoutNanos;

	/**
	 * The parts of a server that its connections use.
	 * @param settings of the server
	 * @param pushes how pushes leave
	 * @param sessions where their sessions live
	 * @param receiver takes their messages
	 * @param validations decide which clients come in
	 * @param outbound see what leaves
	 * @param dictionary the route codes
	 * @param routes the routes of this server
	 * @param serializer the name clients are told
	 * @param traffic counts
	 * @param time of the server
	 */
	public TransportContext(TransportSettings settings, PushSettings pushes, Sessions sessions,
			MessageReceiver receiver, Validations validations, OutboundInterceptors outbound,
			RouteDictionary dictionary, RouteTable routes, String serializer, Traffic traffic, TimeSource time) {
		ConnectionSettings connection = settings.connection();
		DispatchSettings dispatch = settings.dispatch();
		this.settings = settings;
		this.time = time;
		this.requestTimeoutNanos = dispatch.requestTimeout().toNanos();
		this.sessions = sessions;
		this.traffic = traffic;
		this.places = new Places(connection.limits());
		this.backlog = new Backlog(dispatch);
		this.requestRate = new RequestRate(connection.limits(), time::nanoTime);
		MessageLog messageLog = new MessageLog(dispatch.logMessages());
		this.input = new Input(
				new MessageDecoder(dictionary, new RouteNames(routes.names()),
						connection.packets().maxInflatedLength()),
				this.requestRate, this.backlog, this.connections, receiver, traffic, messageLog);
		this.output = new Output(new MessageEncoder(dictionary), outbound, traffic, messageLog,
				connection.highWaterMark(), pushes, time::nanoTime);
		this.pushes = pushes;
		this.packetDecoder = new PacketDecoder(connection.packets().maxLength());
		this.validations = validations.limit();
		this.handshakes = new Handshakes(sessions, validations,
				new HandshakeAnswers((int) connection.heartbeat().toSeconds(), serializer, dictionary, time),
				time::nanoTime);
	}

	/** Opens a session. Its listeners may read the query; handlers only if it is kept. */
	void open(Session session, @Nullable UrlQuery query) {
		this.sessions.open(session);
		if (query != null && !this.settings.connection().keepsQuery()) {
			query.releaseBehind(session.work().mailbox());
		}
	}

	public TransportSettings settings() {
		return this.settings;
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
	 * The limits of connections and of what comes by them.
	 * @return all of them, whether they are set or not
	 */
	public List<Limit> limits() {
		return Stream
			.of(this.places.limits(), List.of(this.descriptors, this.requestRate.limit(), this.validations),
					this.backlog.limits())
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

	/** When the time for an answer to a message that is read now is over. */
	long deadline(long receivedNanos) {
		return receivedNanos + this.requestTimeoutNanos;
	}

}
