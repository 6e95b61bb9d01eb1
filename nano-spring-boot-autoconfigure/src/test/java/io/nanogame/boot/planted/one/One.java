package io.nanogame.boot.planted.one;

import io.nanogame.boot.planted.two.Two;

/** One end of a cycle, to show that the rule sees it. */
public class One {

	Two two = new Two();

}
