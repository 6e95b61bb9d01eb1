package io.nanogame.boot.planted.one;

import io.nanogame.boot.planted.two.Two;

/** One end of a cycle that the rule must detect. */
public class One {

	Two two = new Two();

}
