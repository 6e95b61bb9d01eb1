package io.nanogame.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.nanogame.dispatch.Dispatcher;
import io.nanogame.dispatch.FailureHandling;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.protocol.RouteNames;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.RouteTable;
import io.nanogame.route.Threading;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.RawSerializer;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Introduction;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures a request from the bytes of its message to the packet of its response, on one
 * thread and without a socket: it is decoded, dispatched, handled by a handler that
 * returns the body, and the response is encoded.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DispatchBenchmark {

	private static final byte[] BODY = "{\"name\":\"Ada\",\"text\":\"A line of chat as people write it\"}"
		.getBytes(StandardCharsets.UTF_8);

	/** The number of the server's routes. */
	@Param({ "100", "1000", "10000" })
	int routes = 100;

	/** Requests for different routes, so that no cache serves them all. */
	private ByteBuf[] requests = {};

	private final ByteBuf out = Unpooled.directBuffer(256);

	private int next;

	private @Nullable Server server;

	/** Creates a server with its routes, and requests for a hundred of them. */
	@Setup
	public void start() {
		List<String> names = IntStream.range(0, this.routes).mapToObj("component.route%d"::formatted).toList();
		this.server = new Server(names, this.out);
		MessageEncoder encoder = new MessageEncoder(RouteDictionary.EMPTY);
		this.requests = Stream.iterate(0, (i) -> i + this.routes / 100).limit(100).map((i) -> {
			ByteBuf request = Unpooled.directBuffer(256);
			encoder.encode(request, Message.request(1234, names.get(i), BODY), false);
			return request;
		}).toArray(ByteBuf[]::new);
	}

	/**
	 * Handles one request.
	 * @return the packet of its response
	 */
	@Benchmark
	public ByteBuf request() {
		ByteBuf request = this.requests[this.next++ % this.requests.length].readerIndex(0);
		this.out.clear();
		if (this.server != null) {
			this.server.receive(request);
		}
		if (!this.out.isReadable()) {
			throw new IllegalStateException("A request was not answered");
		}
		return this.out;
	}

	/** Releases the buffers. */
	@TearDown
	public void stop() {
		for (ByteBuf request : this.requests) {
			request.release();
		}
		this.out.release();
	}

	/** Runs tasks on the calling thread. */
	private static final class OwnThread implements ConnectionLoop {

		@Override
		public void execute(Runnable task) {
			task.run();
		}

		@Override
		public void broadcast(OutboundMessage message, Collection<Session> members) {
			throw new UnsupportedOperationException();
		}

	}

	/** One session with its decoder and dispatcher. */
	private static final class Server {

		private static final long TIMEOUT_NANOS = Duration.ofSeconds(10).toNanos();

		private final MessageDecoder decoder;

		private final Dispatcher dispatcher;

		private final Session session;

		Server(List<String> routes, ByteBuf out) {
			this.decoder = new MessageDecoder(RouteDictionary.EMPTY, new RouteNames(routes), 1 << 16);
			this.dispatcher = new Dispatcher(new RouteTable(
					routes.stream().map((name) -> Route.of(name, Request::body).on(Threading.EVENT_LOOP)).toList()),
					(session, message, headers, receivedNanos, deadlineNanos) -> {
					}, new FailureHandling(List.of()), System::nanoTime);
			SessionRegistry registry = SessionRegistry
				.of(new Sessions(new Payloads(new RawSerializer()), Runnable::run));
			this.session = registry.create(new BufferConnection(out, new OwnThread()), Introduction.UNKNOWN);
			registry.open(this.session);
		}

		void receive(ByteBuf request) {
			long now = System.nanoTime();
			this.dispatcher.receive(this.session, this.decoder.decode(request, request.readableBytes()), Map.of(), now,
					now + TIMEOUT_NANOS);
		}

	}

}
