package io.nanogame.boot.planted.client;

import io.nanogame.boot.planted.slice.PlantedSlice;

/** Violates a rule: a client that depends on the slice. */
public class PlantedClient {

	PlantedSlice slice;

}
