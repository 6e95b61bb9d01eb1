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
import org.jspecify.annotations.Nullable;

/**
 * A name that messages are sent to, with everything decided about it at startup.
 *
 * @param name such as {@code room.join}
 * @param origin what stands behind it, for people, such as the name of a method
 * @param handler what happens
 * @param bodies what the handler takes and returns
 * @param threading where the handler starts
 * @param lane the lane of the component, or null
 * @param concurrent whether the next message of a session may start before this one is
 * done
 * @param observer sees each handling end, or null
 */
public record Route(String name, String origin, RouteHandler handler, Bodies bodies, Threading threading,
		@Nullable Lane lane, boolean concurrent, @Nullable HandlerObserver observer) {

	/**
	 * A route with a handler that may block.
	 * @param name the name
	 * @param handler what happens
	 * @return a route that can be refined
	 */
	public static Route of(String name, RouteHandler handler) {
		return new Route(name, handler.getClass().getSimpleName(), handler, Bodies.UNDECLARED, Threading.LANE, null,
				false, null);
	}

	/**
	 * The component that a route belongs to.
	 * @param route such as {@code room.join}
	 * @return the part before the last dot; all of it when there is none
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
	 * Sets what the handler takes and returns.
	 * @param otherBodies for all serializers that sessions may have
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
	 * The same route with something around its handler.
	 * @param around makes the new handler from the old one
	 * @return a new route
	 */
	public Route wrapped(UnaryOperator<RouteHandler> around) {
		return new Route(this.name, this.origin, around.apply(this.handler), this.bodies, this.threading, this.lane,
				this.concurrent, this.observer);
	}

	/**
	 * Prepares the route for sessions that have other payloads than the server's.
	 * @param more such payloads
	 * @return a new route
	 * @throws IllegalStateException when the route has a reader or a writer and cannot
	 * prepare others
	 * @throws RuntimeException what the preparation throws when it is impossible
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

	/** What the handler takes of a session and returns to it. */
	Bodies bodies(Session session) {
		Bodies other = this.bodies.others().get(session.payloads());
		return (other != null) ? other : this.bodies;
	}

	/**
	 * Where to handle a message of a session: the component's lane, the lane the session
	 * was moved onto, its event loop, or the workers.
	 * @param session whose message it is
	 * @return the executor
	 */
	public Executor executor(Session session) {
		if (this.lane != null) {
			return this.lane;
		}
		if (this.threading == Threading.EVENT_LOOP && session.lane() == null) {
			return session.connection().loop();
		}
		return session.handlerExecutor();
	}

	/**
	 * What a handler takes and returns.
	 *
	 * @param reader reads bodies as the handler's type; null when it takes no payload
	 * @param writer writes answers as the type the handler returns; null when that says
	 * nothing of them
	 * @param preparation creates reader and writer for other payloads than the server's;
	 * null when there are none
	 * @param others those that were created, by payloads
	 */
	public record Bodies(@Nullable PayloadReader reader, @Nullable PayloadWriter writer,
			@Nullable Function<Payloads, Bodies> preparation, Map<Payloads, Bodies> others) {

		static final Bodies UNDECLARED = new Bodies(null, null);

		public Bodies(@Nullable PayloadReader reader, @Nullable PayloadWriter writer) {
			this(reader, writer, null, Map.of());
		}

		/**
		 * Prepares reading and writing.
		 * @param payloads the server's
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
