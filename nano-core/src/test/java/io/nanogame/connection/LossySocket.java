package io.nanogame.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;

import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The socket of a client, on a loop of its own that drops tasks while it is full.
 */
final class LossySocket extends OutputLoop implements Wire {

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final TransportContext context;

	private final ClientConnection connection;

	private boolean full;

	LossySocket(TransportContext context) {
		this.context = context;
		this.connection = ClientConnection.open(context, context.protocols().find(PomeloProtocol.NAME), this);
		this.connection.connected();
	}

	void full(boolean isFull) {
		this.full = isFull;
	}

	void receive(byte[]... packets) {
		this.connection.receive(Unpooled.copiedBuffer(packets));
		runTasks();
	}

	/** The client disconnects. */
	void end() {
		this.connection.disconnected(CloseReason.CLIENT_CLOSED);
		runTasks();
	}

	/** The loop reports that it has dropped output. */
	void loseOutput() {
		this.connection.outputLost();
	}

	void sweep() {
		this.connection.sweep(this.context.nanoTime());
		runTasks();
	}

	private void runTasks() {
		Runnable task;
		while ((task = this.tasks.poll()) != null) {
			task.run();
		}
	}

	// The loop

	@Override
	protected boolean isIdle() {
		return false;
	}

	@Override
	protected void enqueue(Runnable output) {
		execute(output);
	}

	@Override
	public void execute(Runnable task) {
		if (!this.full) {
			this.tasks.add(task);
		}
	}

	@Override
	protected void flushSoon(Wire wire) {
	}

	@Override
	protected void add(CarriedConnection added) {
	}

	@Override
	protected void remove(CarriedConnection removed) {
	}

	// The wire

	@Override
	public OutputLoop loop() {
		return this;
	}

	@Override
	public ByteBuf append(int length) {
		return Unpooled.buffer(length);
	}

	@Override
	public void flush() {
	}

	@Override
	public long pendingBytes() {
		return 0;
	}

	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public void pause() {
	}

	@Override
	public void resume() {
	}

	@Override
	public void finish(CloseReason reason) {
	}

	@Override
	public void abort() {
	}

	@Override
	public SocketAddress remoteAddress() {
		return InetSocketAddress.createUnresolved("client", 1);
	}

	@Override
	public String transport() {
		return "lossy";
	}

}
