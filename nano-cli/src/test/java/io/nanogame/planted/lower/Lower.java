package io.nanogame.planted.lower;

import io.nanogame.planted.upper.Upper;

/** Depends on a class that depends on it. */
public class Lower {

	Upper upper;

}
