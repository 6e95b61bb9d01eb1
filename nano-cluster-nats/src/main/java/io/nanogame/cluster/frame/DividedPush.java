package io.nanogame.cluster.frame;

import java.util.List;

/**
 * A push that may be sent in several frames, one for each form of its payload.
 *
 * @param <F> the type of the frame
 */
public interface DividedPush<F extends Frame> {

	/**
	 * Returns a frame for each form.
	 * @return frames that together reach the receivers of this one
	 */
	List<F> divide();

}
