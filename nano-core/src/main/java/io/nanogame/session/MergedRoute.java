package io.nanogame.session;

import java.time.Duration;
import java.util.List;

import io.nanogame.serialize.MergeForm;
import io.nanogame.serialize.MergedPayload;
import io.nanogame.serialize.Payloads;

/**
 * A route whose broadcasts to a group are merged: those of a short window are one push.
 *
 * @param route the clients' listener
 * @param window the time from the first broadcast to the push; at least a millisecond
 * @param maxLength the maximum length of a push of several items, in bytes. A push with
 * one longer item has this item only
 * @param form the form of the pushes
 */
public record MergedRoute(String route, Duration window, int maxLength, MergeForm form) {

	public MergedRoute {
		if (window.toMillis() < 1) {
			throw new IllegalArgumentException("The window must be at least a millisecond, not " + window);
		}
	}

	/**
	 * Creates a push of one item, which is complete, and can be merged with others.
	 * @param item the payload of a broadcast
	 * @param payloads the payloads of the server
	 * @return the push
	 */
	public OutboundMessage push(Object item, Payloads payloads) {
		return OutboundMessage.push(this.route, new MergedPayload(this.form, List.of(item)), payloads);
	}

}
