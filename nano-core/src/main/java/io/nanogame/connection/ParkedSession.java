package io.nanogame.connection;

import java.time.Duration;
import java.util.function.Consumer;

import io.nanogame.resume.ResumeState;
import io.nanogame.resume.ResumeToken;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session of another server that stops, which this one continues without its client.
 * The window goes on. Thread-safe.
 */
public final class ParkedSession implements SessionPull {

	private static final Logger log = LoggerFactory.getLogger(ParkedSession.class);

	private final TransportContext context;

	private final OutputLoop loop;

	private final ParkOffer offer;

	/** When the window began, in the time of this server. */
	private final long sinceNanos;

	private ParkedSession(TransportContext context, OutputLoop loop, ParkOffer offer) {
		this.context = context;
		this.loop = loop;
		this.offer = offer;
		this.sinceNanos = context.nanoTime() - offer.windowSpent().toNanos();
	}

	/**
	 * Accepts a session.
	 * @param context the connections of this server
	 * @param offer describes the session
	 * @return null if this server does not accept it, because it stops itself, has no
	 * event loop, or does not have the protocol
	 */
	public static @Nullable ParkedSession accept(TransportContext context, ParkOffer offer) {
		OutputLoop loop = context.leaving().parkingLoop();
		boolean accepts = loop != null && !context.leaving().isRefusing() && context.resumable().settings().isEnabled()
				&& context.protocols().names().contains(offer.protocol());
		return accepts ? new ParkedSession(context, loop, offer) : null;
	}

	@Override
	public ResumeToken token() {
		return this.offer.token();
	}

	@Override
	public String uid() {
		return this.offer.uid();
	}

	@Override
	public long received() {
		return this.offer.received();
	}

	@Override
	public String protocol() {
		return this.offer.protocol();
	}

	@Override
	public String codec() {
		return this.context.protocols().find(protocol()).codec();
	}

	@Override
	public boolean parks() {
		return true;
	}

	@Override
	public void lost(@Nullable CloseReason reason) {
		log.debug("The session {} is not parked here", token().session());
	}

	@Override
	public void notFound() {
		lost(null);
	}

	@Override
	public void unknown(Duration retry) {
		lost(null);
	}

	@Override
	public void restore(MovedSession moved, ResumeState state, Consumer<Session> restored, Runnable failed) {
		this.loop.enqueue(() -> new SessionArrival(this.context, moved, state).arrive(this.loop, this.sinceNanos,
				restored, failed));
	}

	@Override
	public boolean isWanted() {
		return true;
	}

}
