package io.nanogame.connection;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.session.LoopMembers;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The members of one group that an output loop carries. The loop changes the list in
 * place, in the order of its output, so that neither a change nor a broadcast copies it.
 * In a group with merged routes, each change and each other push first ends the merge
 * window.
 */
final class MemberList implements LoopMembers {

	private final OutputLoop loop;

	/** Null in a group without merged routes. */
	private final @Nullable MergeWindow window;

	// Confined to the loop. A session and its entry have the same index.

	private final List<Session> sessions = new ArrayList<>();

	private final List<Entry> entries = new ArrayList<>();

	MemberList(OutputLoop loop, @Nullable MergeWindow window) {
		this.loop = loop;
		this.window = window;
	}

	@Override
	public Runnable add(Session session) {
		Entry entry = new Entry();
		this.loop.inOrder(() -> insert(entry, session));
		return () -> this.loop.inOrder(() -> remove(entry));
	}

	@Override
	public void broadcast(OutboundMessage message) {
		if (this.window == null) {
			this.loop.broadcast(message, this.sessions);
		}
		else {
			this.loop.inOrder(() -> {
				endWindow();
				this.loop.deliver(new Broadcast(this.loop, message, this.sessions));
			});
		}
	}

	@Override
	public void merge(OutboundMessage push, MergedRoute route) {
		MergeWindow merging = this.window;
		if (merging == null) {
			broadcast(push);
		}
		else {
			this.loop.inOrder(() -> merging.add(push, route, this.sessions));
		}
	}

	@Override
	public void flush() {
		if (this.window != null) {
			this.loop.inOrder(this::endWindow);
		}
	}

	private void endWindow() {
		if (this.window != null) {
			this.window.end(this.sessions);
		}
	}

	private void insert(Entry entry, Session session) {
		endWindow();
		entry.index = this.sessions.size();
		this.sessions.add(session);
		this.entries.add(entry);
	}

	/** Replaces the removed member by the last one. */
	private void remove(Entry entry) {
		endWindow();
		int last = this.sessions.size() - 1;
		Session lastSession = this.sessions.remove(last);
		Entry lastEntry = this.entries.remove(last);
		if (lastEntry != entry) {
			this.sessions.set(entry.index, lastSession);
			this.entries.set(entry.index, lastEntry);
			lastEntry.index = entry.index;
		}
	}

	/** The index of a member in both lists. */
	private static final class Entry {

		private int index;

	}

}
