package io.nanogame.group;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.serialize.Payloads;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;

/**
 * The pushes of a server alone, which is the only gateway.
 */
public final class LocalPushes implements Pushes {

	private final Sessions sessions;

	private final Groups groups;

	private final Payloads payloads;

	public LocalPushes(Sessions sessions, Groups groups, Payloads payloads) {
		this.sessions = sessions;
		this.groups = groups;
		this.payloads = payloads;
	}

	@Override
	public CompletionStage<PushReceipt> push(Audience audience, String route, Object payload) {
		OutboundMessage message = OutboundMessage.push(route, payload, this.payloads);
		// Fails also without recipients, when the value cannot be written.
		message.body();
		Collection<Session> recipients = List.copyOf(audience.among(this.sessions, this::members));
		new Members(recipients).send(message);
		return CompletableFuture.completedFuture(new PushReceipt(recipients.isEmpty() ? 0 : 1, 0));
	}

	private Collection<Session> members(String group) {
		return this.groups.find(group).map(Group::members).orElse(List.of());
	}

}
