package io.nanogame.net;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One client of a {@link FuzzedServer}.
 */
final class FuzzedClient {

	private final FuzzedServer server;

	private final FuzzedChannel channel;

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	FuzzedClient(FuzzedServer server, Consumer<Channel> initializer) {
		this.server = server;
		this.channel = new FuzzedChannel(server.allocator, new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				initializer.accept(channel);
			}

		});
	}

	void send(byte[]... chunks) {
		send(List.of(chunks));
	}

	/**
	 * Sends, until the server has closed. After each chunk one of the tasks that wait for
	 * a worker is done, so that work piles up; when the server stops reading, it is done
	 * until it reads again. While a chunk of odd length is on its way the client does not
	 * read.
	 */
	void send(List<byte[]> chunks) {
		for (byte[] chunk : chunks) {
			if (!this.channel.isActive()) {
				return;
			}
			this.channel.reads(chunk.length % 2 == 0);
			this.channel.writeInbound(this.server.allocator.buffer(chunk.length + 1).writeBytes(chunk));
			work();
			this.channel.reads(true);
			this.channel.runPendingTasks();
			while (!this.channel.config().isAutoRead() && this.server.workers.waiting() > 0) {
				work();
			}
			assertThat(this.channel.config().isAutoRead() || !this.channel.isActive())
				.as("reads again when nothing is left to do")
				.isTrue();
		}
	}

	private void work() {
		if (this.server.workers.waiting() > 0) {
			this.server.workers.runNext();
		}
		this.channel.runPendingTasks();
		this.channel.checkException();
	}

	/** Lets the server finish what it was asked. */
	void settle() {
		do {
			work();
		}
		while (this.server.workers.waiting() > 0);
		if (this.channel.isActive()) {
			assertThat(this.channel.inboundMessages()).as("what nobody took").isEmpty();
		}
		// A channel in memory loses its handlers at once, even in the middle of a read.
		this.channel.releaseInbound();
		this.channel.runScheduledPendingTasks();
		this.channel.checkException();
	}

	/** Everything the server has sent so far. */
	ServerOutput output() {
		return new ServerOutput(received(), FuzzedServer.DICTIONARY);
	}

	/** The same as bytes. */
	byte[] received() {
		ByteBuf out;
		while ((out = this.channel.readOutbound()) != null) {
			this.received.writeBytes(ByteBufUtil.getBytes(out));
			out.release();
		}
		return this.received.toByteArray();
	}

	/** Whether the server has said its last words. */
	boolean isClosed() {
		return !this.channel.isActive() || this.channel.isOutputShutdown();
	}

	/** Closes and shows that nothing of this client remains with its event loop. */
	void hangUp() {
		// The channel's own method would cancel the timers that must not be there.
		this.channel.pipeline().close();
		settle();
		received();
		// Who leaves with requests unanswered is forgotten at the next sweep.
		this.channel.advanceTimeBy(1, TimeUnit.SECONDS);
		this.channel.runScheduledPendingTasks();
		assertThat(this.channel.runScheduledPendingTasks()).as("a timer that nobody needs").isEqualTo(-1);
	}

	/**
	 * Shows that each request was answered: once when the client is still connected, at
	 * most once when it is not. To be called while it is the only client.
	 */
	void isAnswered() {
		List<Long> asked = this.server.asked();
		List<Long> answered = output().answered();
		if (isClosed()) {
			assertThat(isSubset(answered, asked)).as("%s of %s", answered, asked).isTrue();
		}
		else {
			assertThat(answered).isEqualTo(asked);
		}
	}

	/** Both sorted. */
	private static boolean isSubset(List<Long> some, List<Long> all) {
		int found = 0;
		for (int i = 0; i < all.size() && found < some.size(); i++) {
			if (some.get(found).equals(all.get(i))) {
				found++;
			}
		}
		return found == some.size();
	}

}
