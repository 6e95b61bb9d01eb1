package io.nanogame.cluster.gateway;

import io.nanogame.cluster.frame.GatewayFrame.StateChange;
import io.nanogame.cluster.frame.StateProperty;
import io.nanogame.cluster.state.ChangeNumber;
import io.nanogame.cluster.state.OwnedState;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes of a session's state by the games of other nodes: applies each of them in
 * the order of its node, and sends it to all copies. Thread-safe.
 */
final class ReceivedChanges {

	private static final Logger log = LoggerFactory.getLogger(ReceivedChanges.class);

	private final Session session;

	private final SessionState state;

	/** The lock under which changes are applied and sent. */
	private final OwnedState numbers;

	private final IntroducedNodes introduced;

	private final SessionCopies copies;

	ReceivedChanges(Session session, SessionState state, OwnedState numbers, IntroducedNodes introduced,
			SessionCopies copies) {
		this.session = session;
		this.state = state;
		this.numbers = numbers;
		this.introduced = introduced;
		this.copies = copies;
	}

	/**
	 * Applies a change of another node, unless an earlier one is lost.
	 * @return false if another gateway owns the session: this one does not confirm the
	 * change
	 */
	boolean accept(String from, StateChange change) {
		StateProperty property = change.property();
		if (property instanceof StateProperty.Attribute attribute) {
			synchronized (this.session.attributes()) {
				return accept(from, change, () -> this.state.accept(attribute));
			}
		}
		if (property instanceof StateProperty.Uid uid) {
			return accept(from, change, uid);
		}
		if (property instanceof StateProperty.Principal && !this.introduced.contains(from)) {
			// A node that serves the session repeats it when it has compared its copy.
			log.warn("Node {} does not serve {}, so its change of the principal is ignored", from, this.session);
			return true;
		}
		return accept(from, change, () -> this.state.accept(property));
	}

	private boolean accept(String from, StateChange change, Runnable apply) {
		synchronized (this.numbers) {
			if (this.copies.hasLeft()) {
				return false;
			}
			if (isNext(from, change.number())) {
				apply.run();
				this.copies.publish(change.property(), from, change.number().number());
			}
			return true;
		}
	}

	/**
	 * Binding calls listeners, so the lock is not held, and the session may leave in the
	 * meantime. Then the change is not counted, and the node repeats it.
	 */
	private boolean accept(String from, StateChange change, StateProperty.Uid uid) {
		ChangeNumber number = change.number();
		synchronized (this.numbers) {
			if (this.copies.hasLeft()) {
				return false;
			}
			if (!number.equals(ChangeNumber.NONE) && !this.numbers.isNext(from, number)) {
				isNext(from, number);
				return true;
			}
		}
		this.state.accept(uid);
		synchronized (this.numbers) {
			if (this.copies.hasLeft()) {
				return false;
			}
			if (isNext(from, number)) {
				this.copies.publishUid(from, number.number());
			}
			return true;
		}
	}

	/**
	 * Returns whether a change must be applied. Otherwise the node repeats it. Called
	 * under the lock of the numbers.
	 */
	private boolean isNext(String from, ChangeNumber number) {
		if (number.equals(ChangeNumber.NONE)) {
			return true;
		}
		OwnedState.Receipt receipt = this.numbers.receive(from, number);
		if (receipt == OwnedState.Receipt.SNAPSHOT) {
			this.copies.loop().execute(() -> this.copies.checks().replaceCopy(from));
		}
		return receipt == OwnedState.Receipt.APPLY;
	}

}
