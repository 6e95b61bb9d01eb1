package io.nanogame.cluster.peer;

import java.util.List;

import io.nanogame.cluster.frame.DividedPush;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.serialize.SerializationException;

/**
 * Publishes pushes whose forms may be too long for one message together.
 */
public final class LongPushes {

	private LongPushes() {
	}

	/**
	 * Publishes a push in one message, or in one for each form if it is too long. None of
	 * these is published if one is too long, or if a node of an earlier version may
	 * receive them.
	 * @param peers the other nodes
	 * @param topic the topic
	 * @param push the push
	 * @param <F> the type of the frame
	 * @return the frames that were published
	 * @throws SerializationException when a form is longer than a message may be
	 */
	public static <F extends Frame & DividedPush<F>> List<F> publish(Peers peers, String topic, F push) {
		try {
			peers.publish(topic, push);
			return List.of(push);
		}
		catch (SerializationException ex) {
			List<F> parts = push.divide();
			if (parts.size() < 2 || !peers.allRead(Versions.DIVIDED_PUSHES)) {
				throw ex;
			}
			parts.forEach((part) -> TopicMessage.of(0, part, peers.maxPayload()));
			parts.forEach((part) -> peers.publish(topic, part));
			return parts;
		}
	}

}
