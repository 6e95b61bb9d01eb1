package io.nanogame.cluster.peer;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import com.google.protobuf.CodedInputStream;
import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusMessage;
import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.FrameCodec;
import io.nanogame.cluster.frame.FrameException;
import io.nanogame.cluster.frame.FrameReceiver;
import io.nanogame.cluster.frame.MessagesReceived;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Reads the messages of other nodes, and notices by their numbers that messages for this
 * node are lost. Confined to the thread of its reader, except {@link #forget}.
 */
final class Inbox {

	private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(Inbox.class));

	private final String self;

	private final Bus bus;

	private final FrameCodec codec;

	private final Versions versions;

	private final Peers peers;

	/** The number of the last message of each node. */
	private final Map<String, Long> numbers = new ConcurrentHashMap<>();

	/** Unsupported versions, which are logged once. */
	private final Set<Byte> foreignVersions = ConcurrentHashMap.newKeySet();

	/**
	 * Creates an inbox.
	 * @param self the id of this node, whose own messages are ignored
	 * @param bus counts malformed messages
	 * @param codec reads frames
	 * @param versions the versions that are read
	 * @param peers the senders
	 */
	Inbox(String self, Bus bus, FrameCodec codec, Versions versions, Peers peers) {
		this.self = self;
		this.bus = bus;
		this.codec = codec;
		this.versions = versions;
		this.peers = peers;
	}

	/** Returns the nodes that have sent messages: a live view that is safe to iterate. */
	Set<String> senders() {
		return this.numbers.keySet();
	}

	/** Begins the numbers of a node anew, because it is gone. */
	void forget(String id) {
		this.numbers.remove(id);
	}

	/**
	 * Reads a message.
	 * @param message a batch of frames
	 * @param receiver receives each frame
	 * @param missed receives the id of the node before its frames, if earlier messages
	 * are lost
	 */
	void receive(BusMessage message, FrameReceiver receiver, Consumer<String> missed) {
		CodedInputStream in = CodedInputStream.newInstance(message.body());
		try {
			byte version = in.readRawByte();
			if (!this.versions.contains(version)) {
				reject(version);
				return;
			}
			String from = Subjects.sender(message.subject());
			if (from.equals(this.self)) {
				return;
			}
			if (!Subjects.isNode(from)) {
				throw new IOException("Its sender is no node");
			}
			this.peers.trafficOf(from).received(message.body().length);
			receiveNumber(from, in.readUInt64(), in.isAtEnd(), missed);
			while (!in.isAtEnd()) {
				int end = in.pushLimit(in.readUInt32());
				read(from, in, receiver);
				in.skipRawBytes(in.getBytesUntilLimit());
				in.popLimit(end);
			}
		}
		catch (IOException ex) {
			this.bus.countDropped();
			this.log.warn("A message of the cluster was not understood: {}", ex.getMessage());
		}
		receiver.endOfMessage();
	}

	private void reject(byte version) {
		if (this.foreignVersions.add(version)) {
			this.log.warn("Messages of nodes that use version {} of the cluster's format are dropped, this one has {}",
					version, this.versions);
		}
	}

	/**
	 * Compares the number of a message with that of the last one.
	 * @param number its number; 0 if it has none
	 * @param isCheck whether it repeats the number of the last message
	 */
	private void receiveNumber(String from, long number, boolean isCheck, Consumer<String> missed) {
		if (number == 0) {
			return;
		}
		@Nullable Long last = this.numbers.put(from, number);
		boolean isNext = (last != null) ? number == last + (isCheck ? 0 : 1) : !isCheck && Outbox.isFirst(number);
		if (!isNext) {
			missed.accept(from);
		}
		if (isCheck) {
			this.peers.confirm(from, number);
		}
	}

	/** A frame that fails does not affect later ones. */
	private void read(String from, CodedInputStream in, FrameReceiver receiver) {
		try {
			Frame frame = this.codec.read(in);
			if (frame instanceof MessagesReceived confirmed) {
				this.peers.to(from).received(confirmed.number());
			}
			else if (frame != null) {
				receiver.receive(from, frame);
			}
		}
		catch (FrameException ex) {
			this.bus.countDropped();
			this.log.warn("A frame of node {} was not understood: {}", from, ex.getMessage());
		}
		catch (Throwable ex) {
			this.bus.countDropped();
			this.log.error("A frame of node {} could not be handled", ex, from);
		}
	}

}
