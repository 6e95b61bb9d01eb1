package io.nanogame.benchmarks.load;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;

/**
 * The players of one server's rooms, all on one event loop. Each moves twice a second.
 * Methods block, and throw {@link IllegalStateException} if a fault has made the
 * measurement invalid.
 */
public final class RoomPlayers implements AutoCloseable {

	private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(120);

	/** The number of players that join at the same time. */
	private static final int BATCH = 40;

	private static final int TURNS_PER_SECOND = 20;

	private static final int MOVES_PER_SECOND = 2;

	private static final int MAX_SPEED = 8;

	private static final int MAX_FRAME = 1 << 20;

	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1,
			Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

	private final InetSocketAddress server;

	// Confined to the event loop

	private final List<RoomPlayer> all = new ArrayList<>();

	private long bytes;

	private int turn;

	private RoomPlayers(InetSocketAddress server) {
		this.server = server;
	}

	/**
	 * Connects players, who join rooms.
	 * @param server the server of this project
	 * @param kind the kind of the rooms
	 * @param count the number of players
	 * @return the players
	 */
	public static RoomPlayers nano(InetSocketAddress server, String kind, int count) {
		RoomPlayers players = new RoomPlayers(server);
		for (int i = 0; i < count; i++) {
			players.connect("/nano", new NanoRoomPlayer(kind));
		}
		return players.begin();
	}

	/**
	 * Connects players, who take seats.
	 * @param server Colyseus
	 * @param seats the id of its process, then the room and the session of each player
	 * @return the players
	 */
	public static RoomPlayers colyseus(InetSocketAddress server, List<String> seats) {
		RoomPlayers players = new RoomPlayers(server);
		for (int i = 1; i < seats.size(); i += 2) {
			players.connect("/%s/%s?sessionId=%s".formatted(seats.get(0), seats.get(i), seats.get(i + 1)),
					new ColyseusPlayer());
		}
		return players.begin();
	}

	private void connect(String path, RoomPlayer player) {
		URI uri = URI.create("ws://%s:%d%s".formatted(this.server.getHostString(), this.server.getPort(), path));
		new Bootstrap().group(this.loop)
			.channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
			.handler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new Counter(), new HttpClientCodec(), new HttpObjectAggregator(8192),
								new WebSocketClientProtocolHandler(uri, WebSocketVersion.V13, null, false,
										new DefaultHttpHeaders(), MAX_FRAME),
								player);
				}

			})
			.connect(this.server)
			.syncUninterruptibly();
		int size = onLoop(() -> {
			this.all.add(player);
			return this.all.size();
		});
		if (size % BATCH == 0) {
			awaitJoined();
		}
	}

	private RoomPlayers begin() {
		awaitJoined();
		this.loop.next()
			.scheduleAtFixedRate(this::move, 0, TimeUnit.SECONDS.toMillis(1) / TURNS_PER_SECOND, TimeUnit.MILLISECONDS);
		return this;
	}

	private void awaitJoined() {
		long end = System.nanoTime() + TIMEOUT_NANOS;
		while (!onLoop(() -> this.all.stream().allMatch((player) -> player.joined))) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException("A player has not joined a room");
			}
			try {
				Thread.sleep(5);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private void move() {
		int moves = Math.max(1, this.all.size() * MOVES_PER_SECOND / TURNS_PER_SECOND);
		for (int i = 0; i < moves; i++) {
			int number = this.turn++;
			this.all.get(number % this.all.size()).move(1 + number % MAX_SPEED, 1 + number / MAX_SPEED % MAX_SPEED);
		}
	}

	/**
	 * Returns what all players have received.
	 * @return the bytes of the TCP connections, and the states
	 */
	public Received received() {
		return onLoop(() -> new Received(this.bytes, this.all.stream().mapToLong((player) -> player.states).sum()));
	}

	private <T> T onLoop(Callable<T> task) {
		try {
			return this.loop.next().submit(() -> {
				for (RoomPlayer player : this.all) {
					if (player.fault != null) {
						throw new IllegalStateException("The measurement is invalid: " + player.fault);
					}
				}
				return task.call();
			}).get();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
	}

	/**
	 * What players have received.
	 *
	 * @param bytes the bytes
	 * @param states the states, whole or changes
	 */
	public record Received(long bytes, long states) {
	}

	/** Counts the bytes of a connection. */
	private final class Counter extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			RoomPlayers.this.bytes += ((ByteBuf) message).readableBytes();
			ctx.fireChannelRead(message);
		}

	}

}
