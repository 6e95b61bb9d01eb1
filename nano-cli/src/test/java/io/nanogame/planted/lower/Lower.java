package io.nanogame.planted.lower;

import io.nanogame.planted.upper.Upper;

/** Knows who knows it. */
public class Lower {

	Upper upper;

}
