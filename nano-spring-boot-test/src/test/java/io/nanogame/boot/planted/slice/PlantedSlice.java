package io.nanogame.boot.planted.slice;

import java.net.Socket;

import io.nanogame.boot.planted.client.PlantedClient;

/** Violates a rule: a slice with a socket. */
public class PlantedSlice {

	PlantedClient client;

	Socket socket;

}
