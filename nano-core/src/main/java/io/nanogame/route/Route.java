package io.nanogame.route;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.nanogame.lane.Lane;
import io.nanogame.observe.HandlerObserver;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.PayloadWriter;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * The destination of messages, with its handler. Immutable, and complete at startup.
 *
 * @param name a name such as {@code room.join}
 * @param origin a description of the handler for messages, such as the name of a method
 * @param handler the handler
 * @param bodies the payload types of the handler
 * @param threading where the handler runs
 * @param lane selects the lane of a message: that of its component, or of one of its
 * objects; null if the component has no lanes
 * @param concurrent whether the next message of a session may start before this one is
 * done
 * @param observer receives the outcome of each message, or null
 */
public record Route(String name, String origin, RouteHandler handler, Bodies bodies, Threading threading,
		@Nullable LaneSelector lane, boolean concurrent, @Nullable HandlerObserver observer) {

	/**
	 * Creates a route with a handler that may block.
	 * @param name the name
	 * @param handler the handler
	 * @return a route with defaults
	 */
	public static Route of(String name, RouteHandler handler) {
		return new Route(name, handler.getClass().getSimpleName(), handler, Bodies.UNDECLARED, Threading.LANE, null,
				false, null);
	}

	/**
	 * Returns the component that a route belongs to.
	 * @param route a name such as {@code room.join}
	 * @return the part before the last dot; the whole name when there is none
	 */
	public static String component(String route) {
		int dot = route.lastIndexOf('.');
		return (dot > 0) ? route.substring(0, dot) : route;
	}

	public Route from(String otherOrigin) {
		return new Route(this.name, otherOrigin, this.handler, this.bodies, this.threading, this.lane, this.concurrent,
				this.observer);
	}

	public Route reading(@Nullable PayloadReader otherReader) {
		return with(new Bodies(otherReader, this.bodies.writer()));
	}

	public Route writing(@Nullable PayloadWriter otherWriter) {
		return with(new Bodies(this.bodies.reader(), otherWriter));
	}

	/**
	 * Returns this route with other payload types.
	 * @param otherBodies the payload types, for all serializers that sessions may have
	 * @return a new route
	 */
	public Route with(Bodies otherBodies) {
		return new Route(this.name, this.origin, this.handler, otherBodies, this.threading, this.lane, this.concurrent,
				this.observer);
	}

	public Route on(Threading otherThreading) {
		return new Route(this.name, this.origin, this.handler, this.bodies, otherThreading, this.lane, this.concurrent,
				this.observer);
	}

	public Route on(@Nullable Lane otherLane) {
		return on((otherLane != null) ? LaneSelector.of(otherLane) : null);
	}

	/**
	 * Returns this route with handlers on other lanes.
	 * @param otherLane selects the lane of a message; null for none
	 * @return a new route
	 */
	public Route on(@Nullable LaneSelector otherLane) {
		return new Route(this.name, this.origin, this.handler, this.bodies, this.threading, otherLane, this.concurrent,
				this.observer);
	}

	public Route concurrent(boolean isConcurrent) {
		return new Route(this.name, this.origin, this.handler, this.bodies, this.threading, this.lane, isConcurrent,
				this.observer);
	}

	public Route observedBy(@Nullable HandlerObserver otherObserver) {
		return new Route(this.name, this.origin, this.handler, this.bodies, this.threading, this.lane, this.concurrent,
				otherObserver);
	}

	/**
	 * Returns this route with a wrapped handler.
	 * @param around wraps the handler
	 * @return a new route
	 */
	public Route wrapped(UnaryOperator<RouteHandler> around) {
		return new Route(this.name, this.origin, around.apply(this.handler), this.bodies, this.threading, this.lane,
				this.concurrent, this.observer);
	}

	/**
	 * Prepares the route for sessions that have other payloads than the server's.
	 * @param more the payloads of these sessions
	 * @return a new route
	 * @throws IllegalStateException when the route has a reader or a writer and cannot
	 * create others
	 * @throws RuntimeException when the preparation fails
	 */
	public Route preparedFor(Collection<Payloads> more) {
		if (more.isEmpty() || this.bodies.isUndeclared()) {
			return this;
		}
		Function<Payloads, Bodies> preparation = this.bodies.preparation();
		if (preparation == null) {
			throw new IllegalStateException(
					"Route '%s' (%s) reads and writes with one serializer, but the server has several"
						.formatted(this.name, this.origin));
		}
		Map<Payloads, Bodies> others = new HashMap<>();
		more.forEach((payloads) -> others.put(payloads, preparation.apply(payloads)));
		return with(new Bodies(this.bodies.reader(), this.bodies.writer(), preparation, Map.copyOf(others)));
	}

	/** Returns the payload types for the serializer of a session. */
	Bodies bodies(Session session) {
		Bodies other = this.bodies.others().get(session.payloads());
		return (other != null) ? other : this.bodies;
	}

	/**
	 * Returns the executor for a message of a session: the lane of the component or of
	 * its object, the lane of the session, its event loop, or the worker threads.
	 * @param session the session that has sent the message
	 * @return the executor
	 */
	public Executor executor(SessionHandle session) {
		Lane selected = (this.lane != null) ? this.lane.select(session.session()) : null;
		if (selected != null) {
			return selected;
		}
		if (this.threading == Threading.EVENT_LOOP && session.session().lane() == null) {
			return session.connection().loop();
		}
		return session.handlerExecutor();
	}

	/**
	 * The payload types of a handler.
	 *
	 * @param reader deserialises payloads to the handler's type; null when the handler
	 * takes no payload
	 * @param writer serialises results as the type that the handler declares; null when
	 * it declares none
	 * @param preparation creates reader and writer for other payloads than the server's;
	 * null when there are none
	 * @param others the created readers and writers, by payloads
	 */
	public record Bodies(@Nullable PayloadReader reader, @Nullable PayloadWriter writer,
			@Nullable Function<Payloads, Bodies> preparation, Map<Payloads, Bodies> others) {

		static final Bodies UNDECLARED = new Bodies(null, null);

		public Bodies(@Nullable PayloadReader reader, @Nullable PayloadWriter writer) {
			this(reader, writer, null, Map.of());
		}

		/**
		 * Creates reader and writer.
		 * @param payloads the server's payloads
		 * @param preparation creates reader and writer; called for the server's payloads
		 * now, and for others when the server is built
		 * @return reader and writer for the server's payloads
		 */
		public static Bodies prepared(Payloads payloads, Function<Payloads, Bodies> preparation) {
			Bodies own = preparation.apply(payloads);
			return new Bodies(own.reader, own.writer, preparation, Map.of());
		}

		boolean isUndeclared() {
			return this.reader == null && this.writer == null;
		}

		PayloadWriter writerOr(PayloadWriter undeclared) {
			return (this.writer != null) ? this.writer : undeclared;
		}

	}

}
