package io.nanogame.spring.web.servlet;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.connection.Protocol;
import io.nanogame.connection.TransportContext;
import io.nanogame.lane.Lane;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.net.Listener;
import io.nanogame.net.ListenerSettings;
import io.nanogame.observe.LoggedClient;
import io.nanogame.protocol.ClientText;
import io.nanogame.server.GameServer;
import io.netty.buffer.Unpooled;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * Serves the game on WebSockets of the servlet container: the same sessions and handlers
 * as on the game port, under the web app's own port and origin. Binary and text messages,
 * whole or in parts, are read as one stream of packets.
 * <p>
 * Intended for few clients: an idle connection uses the memory of the container's
 * WebSockets (with Tomcat 76 KB of heap), and a client that does not read blocks a worker
 * thread until the send time-out of five seconds elapses; virtual threads mitigate that.
 * For many clients use the game port, or WebFlux on Reactor Netty.
 */
public final class GameWebSocketHandler implements WebSocketHandler {

	private static final Logger log = LoggerFactory.getLogger(GameWebSocketHandler.class);

	private static final Duration SEND_LIMIT = Duration.ofSeconds(5);

	private static final String WIRE = ServletWire.class.getName();

	private final GameServer server;

	private final ListenerSettings clients;

	private final Protocol protocol;

	private final Lanes lanes;

	private final Timers timers;

	private final Duration sendLimit;

	/**
	 * Creates a handler for one server.
	 * @param server serves the clients, which are accepted while it runs
	 * @param lanes the workers that send to clients
	 * @param timers the timers of the connections
	 * @param clients protocols, path, origins, subprotocols and addresses of the clients;
	 * other settings have no effect on the web server
	 * @throws io.nanogame.connection.UnknownProtocolException if the server does not have
	 * one of the protocols
	 */
	public GameWebSocketHandler(GameServer server, Lanes lanes, Timers timers, ListenerSettings clients) {
		this(server, lanes, timers, clients, SEND_LIMIT);
	}

	GameWebSocketHandler(GameServer server, Lanes lanes, Timers timers, ListenerSettings clients, Duration sendLimit) {
		this.server = server;
		this.clients = clients;
		this.protocol = server.transport().protocols().choose(Listener.WEB, clients.protocols());
		this.lanes = lanes;
		this.timers = timers;
		this.sendLimit = sendLimit;
	}

	GameServer server() {
		return this.server;
	}

	/** Returns what clients must be. */
	ListenerSettings clients() {
		return this.clients;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws IOException {
		if (!this.server.isRunning()) {
			session.close(CloseStatus.GOING_AWAY);
			return;
		}
		limitTime(session);
		ServletWire wire = new ServletWire(this.server.transport(), this.protocol, loop(session), session,
				this.sendLimit);
		session.getAttributes().put(WIRE, wire);
		wire.open();
	}

	private LaneLoop loop(WebSocketSession session) {
		TransportContext context = this.server.transport();
		// Unbounded, because the output of a client is limited by its bytes.
		Lane lane = new Lane("servlet-websocket", this.lanes.workers(), Integer.MAX_VALUE);
		return new LaneLoop(lane, this.timers, context.settings().sweepInterval(), () -> closeBusy(session));
	}

	private static void closeBusy(WebSocketSession session) {
		log.warn("Closing a client, because no worker is free for it: {}", client(session));
		ServletWire wire = wire(session);
		if (wire != null) {
			wire.outputLost();
		}
		try {
			session.close(CloseStatus.SERVICE_OVERLOAD);
		}
		catch (IOException ex) {
			log.debug("Closing a connection failed: {} reason={}", client(session),
					ClientText.printable(ex.getMessage()));
		}
	}

	private void limitTime(WebSocketSession session) {
		if (session instanceof NativeWebSocketSession wrapper) {
			Session container = wrapper.getNativeSession(Session.class);
			if (container != null) {
				ContainerTimeouts.limit(container, this.sendLimit);
			}
		}
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws InterruptedException {
		ServletWire wire = wire(session);
		if (wire == null) {
			return;
		}
		try {
			if (message instanceof BinaryMessage binary) {
				wire.receive(Unpooled.wrappedBuffer(binary.getPayload()), false, binary.isLast());
			}
			else if (message instanceof TextMessage text) {
				wire.receive(Unpooled.wrappedBuffer(text.asBytes()), true, text.isLast());
			}
			else if (message instanceof PongMessage) {
				wire.pong();
			}
		}
		catch (RejectedExecutionException ex) {
			closeBusy(session);
		}
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable exception) {
		log.debug("A connection failed: {} reason={}", client(session), ClientText.printable(exception.getMessage()));
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		ServletWire wire = wire(session);
		if (wire != null) {
			wire.closed(status);
		}
	}

	/** Names the client in a log line. */
	private static Object client(WebSocketSession session) {
		ServletWire wire = wire(session);
		return (wire != null) ? wire : new LoggedClient(null, ServletClient.address(session), ServletWire.TRANSPORT);
	}

	private static @Nullable ServletWire wire(WebSocketSession session) {
		return (ServletWire) session.getAttributes().get(WIRE);
	}

	/**
	 * Returns true, so that the container does not buffer whole messages.
	 */
	@Override
	public boolean supportsPartialMessages() {
		return true;
	}

}
