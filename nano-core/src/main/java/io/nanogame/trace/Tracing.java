package io.nanogame.trace;

import java.util.Map;

/**
 * Follows what a client asked for: from the node it is connected to, to the handler on
 * another one, to the services that handler calls. What becomes of the spans is for who
 * implements this to say. Any thread; must not block.
 */
public interface Tracing {

	/** Nobody looks. */
	Tracing NONE = new Tracing() {

		@Override
		public Span send(String name, String node) {
			return Span.NONE;
		}

		@Override
		public Span receive(String name, Map<String, String> headers) {
			return Span.NONE;
		}

	};

	/**
	 * Begins what somebody else will do: part of the span that is current on this thread,
	 * if there is one.
	 * @param name one of few, such as that of a component or of a service's method
	 * @param node the name of the node that will do it; empty when nobody knows
	 * @return the span, to be ended when it is done
	 */
	Span send(String name, String node);

	/**
	 * Begins what somebody has sent.
	 * @param name one of few, such as that of a route
	 * @param headers of the span it was sent in; empty when there is none
	 * @return the span, to be ended when it is done
	 */
	Span receive(String name, Map<String, String> headers);

}
