package io.nanogame.cluster.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusMessage;
import io.nanogame.cluster.bus.BusReader;
import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.service.NameOwner;
import io.nanogame.service.Offer;
import io.nanogame.service.RemoteServices;
import io.nanogame.service.ServiceAddress;
import io.nanogame.service.ServiceException;
import io.nanogame.service.ServiceMethod;
import io.nanogame.time.RealTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The services of a cluster: calls of others' services, and of others to those of this
 * node. Any thread; nothing blocks but the end.
 */
public final class ClusterServices implements RemoteServices, NodeListener {

	private static final int RADIX = 36;

	private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(ClusterServices.class));

	private final String self;

	private final Bus bus;

	private final Subjects subjects;

	private final Runnable changed;

	private final Values values;

	private final OpenCalls open;

	private final ServedCalls served;

	private final OfferedServices offered;

	private final ClusterClaims claims;

	private final ServiceNodes nodes = new ServiceNodes();

	/**
	 * Services that can be called at once.
	 * @param self this node's id
	 * @param bus the connection to the other nodes
	 * @param reader receives the results of calls
	 * @param subjects of the cluster
	 * @param payloads write and read arguments and results
	 * @param changed told when {@link #names} are others
	 * @param claims the names that this node claims
	 */
	public ClusterServices(String self, Bus bus, BusReader reader, Subjects subjects, Payloads payloads,
			Runnable changed, ClusterClaims claims) {
		this.self = self;
		this.bus = bus;
		this.subjects = subjects;
		this.changed = changed;
		this.claims = claims;
		this.values = new Values(payloads);
		this.open = new OpenCalls(this.values, claims.fences());
		this.served = new ServedCalls(bus, this.values);
		this.offered = new OfferedServices(self, bus, subjects, this.served);
		reader.subscribe(subjects.all(Topics.answer(self, "*")), this::answered);
		reader.subscribe(subjects.own(Topics.unheard("*")), this::unheard);
	}

	/**
	 * Sets the nodes of which callers may select one.
	 * @param known the nodes of the cluster
	 */
	public void selectAmong(ClusterNodes known) {
		this.nodes.set(known);
	}

	// Calls of others' services

	@Override
	public boolean isThisNode(String node) {
		return this.self.equals(node);
	}

	@Override
	public List<Node> candidates(String service, boolean here) {
		return this.nodes.candidates(service, here);
	}

	@Override
	public void send(ServiceAddress address, ServiceMethod method, @Nullable Object[] arguments,
			Map<String, String> headers) {
		ServiceAddress to = this.nodes.reachable(address);
		byte[] frame = CallFrame.send(this.self, fence(address), invocation(method, arguments, headers)).write();
		checkLength(frame);
		boolean sent = this.bus.isConnected()
				&& this.bus.publish(this.subjects.own(topic(to)), unheard(address), frame);
		if (!sent) {
			throw notConnected(address);
		}
	}

	@Override
	public CompletableFuture<@Nullable Object> call(ServiceAddress address, ServiceMethod method,
			@Nullable Object[] arguments, Map<String, String> headers, Duration timeout) {
		if (!this.bus.isConnected()) {
			return CompletableFuture.failedFuture(notConnected(address));
		}
		ServiceAddress to = this.nodes.reachable(address);
		OpenCalls.Call call = this.open.open(to, method);
		try {
			byte[] frame = new CallFrame(CallFrame.Kind.CALL, this.self, call.number(),
					Math.max(1, TimeUnit.MILLISECONDS.convert(timeout)), fence(address),
					invocation(method, arguments, headers))
				.write();
			checkLength(frame);
			String answer = this.subjects.own(Topics.answer(this.self, Long.toString(call.number(), RADIX)));
			if (!this.bus.publish(this.subjects.own(topic(to)), answer, frame)) {
				throw notConnected(address);
			}
		}
		catch (ServiceException | SerializationException ex) {
			call.answer().completeExceptionally(ex);
			return call.answer();
		}
		call.answer().whenComplete((value, failure) -> {
			if (call.answer().isCancelled()) {
				cancel(call);
			}
		});
		return call.answer();
	}

	private long fence(ServiceAddress address) {
		return this.claims.fences().highest(address);
	}

	private CallFrame.Invocation invocation(ServiceMethod method, @Nullable Object[] arguments,
			Map<String, String> headers) {
		return new CallFrame.Invocation(method.name(), headers, this.values.write(method, arguments));
	}

	/** Nobody knows which node has it, so all that could have it are told. */
	private void cancel(OpenCalls.Call call) {
		this.bus.publish(this.subjects.own(Topics.allServices(call.address().service())),
				CallFrame.cancel(this.self, call.number()).write());
	}

	private void checkLength(byte[] frame) {
		if (frame.length > this.bus.maxPayload()) {
			throw new SerializationException(
					"%d bytes for a service are more than the NATS server's max_payload allows".formatted(frame.length),
					null);
		}
	}

	private static ServiceException notConnected(ServiceAddress address) {
		return new ServiceException(ServiceException.NOT_THERE,
				"The connection to NATS is lost, and with it the way to %s".formatted(address));
	}

	private static String topic(ServiceAddress address) {
		if (address.all()) {
			return Topics.allServices(address.service());
		}
		if (address.instance() != null) {
			return Topics.serviceAt(address.service(), address.instance());
		}
		return (address.node() != null) ? Topics.serviceOn(address.service(), address.node())
				: Topics.service(address.service());
	}

	private void answered(BusMessage message) {
		this.open.receive(Long.parseLong(Subjects.lastToken(message.subject()), RADIX), message);
	}

	private @Nullable String unheard(ServiceAddress address) {
		return address.all() ? null : this.subjects.own(Topics.unheard(Topics.encoded(address.service())));
	}

	/** What was sent was not taken: NATS says that nobody is there. */
	private void unheard(BusMessage message) {
		this.log.warn("A message for the service '{}' was lost, because nobody offers it",
				Topics.decoded(Subjects.lastToken(message.subject())));
	}

	@Override
	public void down(Node node) {
		this.open.lost(node.id());
	}

	// Services of this node

	/**
	 * The services other nodes may call here.
	 * @return their names, sorted
	 */
	public Set<String> names() {
		return this.offered.names();
	}

	@Override
	public void offered(Offer<?> offer) {
		this.values.prepare(offer.type());
		if (this.offered.add(offer)) {
			this.changed.run();
		}
	}

	@Override
	public void withdrawn(Offer<?> offer) {
		if (this.offered.remove(offer)) {
			this.changed.run();
		}
	}

	@Override
	public Runnable claim(ServiceAddress name, NameOwner owner) {
		return this.claims.claim(name, owner);
	}

	/**
	 * Calls of other nodes that are not answered yet, nor given up.
	 * @return how many
	 */
	public int underWay() {
		return this.served.count();
	}

	/**
	 * Rejects further calls of others, except those that are for this node or for all.
	 * Those that have arrived are completed, and the services of others can still be
	 * called. Blocks until NATS has confirmed it.
	 * @param patience the maximum time
	 */
	public void leave(Duration patience) {
		this.offered.leave(patience);
		this.offered.whenDrained(this::leaveClaims);
	}

	private synchronized void leaveClaims() {
		if (this.offered.isLeaving()) {
			this.claims.leave();
		}
	}

	/** Accepts calls of others again, after {@link #leave}. */
	public synchronized void resume() {
		this.offered.resume();
		this.claims.resume();
	}

	/**
	 * Returns whether the calls that had arrived before {@link #leave} are completed.
	 * @return false while a call has no result
	 */
	public boolean isIdle() {
		return this.offered.isDrained() && underWay() == 0;
	}

	/**
	 * Leaves, and ends when all that has arrived is answered. Calls of this node are not
	 * answered any more. Blocks.
	 * @param patience for how long at most
	 */
	public void close(Duration patience) {
		long end = RealTime.nanoTime() + patience.toNanos();
		leave(patience);
		this.offered.close(Duration.ofNanos(Math.max(1_000_000, end - RealTime.nanoTime())));
		this.offered.whenDrained(this.claims::close);
		while ((!isIdle() || this.claims.count() > 0) && RealTime.nanoTime() - end < 0) {
			LockSupport.parkNanos(1_000_000);
		}
		this.open.end();
	}

}
