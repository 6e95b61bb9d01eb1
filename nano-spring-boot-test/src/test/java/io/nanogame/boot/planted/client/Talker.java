package io.nanogame.boot.planted.client;

import io.nanogame.boot.planted.slice.World;

/** Breaks rules, to show that they can be broken: a client that knows the slice. */
public class Talker {

	World world;

}
