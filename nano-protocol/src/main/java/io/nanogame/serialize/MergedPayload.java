package io.nanogame.serialize;

import java.util.List;

/**
 * The payload of a merged push: the payloads of several pushes, in one field.
 *
 * @param form the form of the payload
 * @param items the payloads, in the order of the pushes; at least one
 */
public record MergedPayload(MergeForm form, List<Object> items) {

	public MergedPayload {
		items = List.copyOf(items);
		if (items.isEmpty()) {
			throw new IllegalArgumentException("A merged push has at least one item");
		}
	}

}
