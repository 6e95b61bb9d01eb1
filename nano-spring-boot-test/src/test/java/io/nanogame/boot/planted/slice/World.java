package io.nanogame.boot.planted.slice;

import java.net.Socket;

import io.nanogame.boot.planted.client.Talker;

/** Breaks rules, to show that they can be broken: a slice with a socket. */
public class World {

	Talker talker;

	Socket socket;

}
