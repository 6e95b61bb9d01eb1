package io.nanogame.planted.lower;

import io.nanogame.planted.upper.Upper;

/**
 * Depends on the class that depends on it.
 */
public class Lower {

	Upper upper;

}
