package io.nanogame.trace;

import java.util.Map;

/**
 * Creates the spans of a client's request: from the node that the client is connected to,
 * to the handler on another node, and to the services that the handler calls. The
 * implementation decides where spans are recorded. Must be thread-safe, and must not
 * block.
 */
public interface Tracing {

	/** Records nothing. */
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
	 * Starts the span of an operation that is sent to another lane or node. Its parent is
	 * the current span of this thread, if there is one.
	 * @param name one of few values, such as the name of a component or of a service's
	 * method
	 * @param node the name or the id of the node that will perform it; empty when it is
	 * unknown
	 * @return the span, to be ended when the operation is done
	 */
	Span send(String name, String node);

	/**
	 * Starts the span of a received operation.
	 * @param name one of few values, such as a route
	 * @param headers the headers of the span in which it was sent; empty when there is
	 * none
	 * @return the span, to be ended when the operation is done
	 */
	Span receive(String name, Map<String, String> headers);

}
