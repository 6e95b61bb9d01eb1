package io.nanogame.benchmarks.cuts;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** All clients in Java. One thread sends for all of them. */
final class Players implements AutoCloseable {

	private final List<Player> players = new ArrayList<>();

	private final double sendsPerSecond;

	private final Thread sending = new Thread(this::send, "players");

	private volatile boolean stopped;

	/**
	 * Connects the clients, half of them by TCP and half by WebSocket.
	 * @param sendsPerSecond of all clients
	 */
	Players(int count, int port, double sendsPerSecond) {
		this.sendsPerSecond = sendsPerSecond;
		for (int i = 0; i < count; i++) {
			String server = (i % 2 == 0) ? "tcp://127.0.0.1:%d" : "ws://127.0.0.1:%d/nano";
			Player player = new Player("java-" + i, server.formatted(port));
			player.connect();
			this.players.add(player);
		}
	}

	void start() {
		this.sending.start();
	}

	private void send() {
		long began = System.nanoTime();
		for (long sends = 0; !this.stopped && !this.players.isEmpty(); sends++) {
			long due = began + (long) (sends * 1e9 / this.sendsPerSecond);
			long left;
			while ((left = due - System.nanoTime()) > 0) {
				LockSupport.parkNanos(left);
			}
			this.players.get((int) (sends % this.players.size())).send();
		}
	}

	/** Sends nothing any more. */
	void stop() throws InterruptedException {
		this.stopped = true;
		this.sending.join();
	}

	List<ClientLedger> ledgers() {
		return this.players.stream().map(Player::ledger).toList();
	}

	@Override
	public void close() {
		this.players.forEach(Player::close);
	}

}
