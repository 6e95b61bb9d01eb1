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

	/** Applies a change of another node, unless an earlier one is lost. */
	void accept(String from, StateChange change) {
		StateProperty property = change.property();
		if (property instanceof StateProperty.Attribute attribute) {
			synchronized (this.session.attributes()) {
				if (isNext(from, change.number())) {
					this.state.accept(attribute);
					this.copies.publish(attribute, from, change.number().number());
				}
			}
		}
		else if (property instanceof StateProperty.Uid uid) {
			if (isNext(from, change.number())) {
				this.state.accept(uid);
				this.copies.publishUid(from, change.number().number());
			}
		}
		else if (property instanceof StateProperty.Principal && !this.introduced.contains(from)) {
			// A node that serves the session repeats it when it has compared its copy.
			log.warn("Node {} does not serve {}, so its change of the principal is ignored", from, this.session);
		}
		else {
			synchronized (this.numbers) {
				if (isNext(from, change.number())) {
					this.state.accept(property);
					this.copies.publish(property, from, change.number().number());
				}
			}
		}
	}

	/** Returns whether a change must be applied. Otherwise the node repeats it. */
	private boolean isNext(String from, ChangeNumber number) {
		if (number.equals(ChangeNumber.NONE)) {
			return true;
		}
		OwnedState.Receipt receipt;
		synchronized (this.numbers) {
			receipt = this.numbers.receive(from, number);
		}
		if (receipt == OwnedState.Receipt.SNAPSHOT) {
			this.copies.loop().execute(() -> this.copies.checks().replaceCopy(from));
		}
		return receipt == OwnedState.Receipt.APPLY;
	}

}
