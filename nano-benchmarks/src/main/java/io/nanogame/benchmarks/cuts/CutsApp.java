package io.nanogame.benchmarks.cuts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.benchmarks.soak.AppProcess;
import io.nanogame.boot.autoconfigure.NanoServerStartedEvent;
import io.nanogame.lane.Timer;
import io.nanogame.lane.Timers;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/**
 * The app whose clients are cut. It records the numbers of the messages that it handles,
 * and sends numbered pushes to all clients, also to those without a connection.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ CutsApp.Ledgers.class, CutsApp.Book.class, CutsApp.Control.class })
public class CutsApp {

	/** Pushes are sent in rounds of this length. */
	private static final Duration ROUND = Duration.ofMillis(20);

	public static void main(String[] args) {
		new SpringApplicationBuilder(CutsApp.class).web(WebApplicationType.NONE).run(args);
	}

	@EventListener
	void started(NanoServerStartedEvent event) {
		System.out.println(AppProcess.READY + event.port());
	}

	/** The ledgers of all clients, by the name in their handshake. */
	static class Ledgers implements SessionListener {

		private static final String PAGE = "page";

		private final Map<String, Page> pages = new ConcurrentHashMap<>();

		@Override
		public void opened(Session session) {
			String name = session.handshake().user().path("name").asString("");
			if (!name.isEmpty()) {
				Page page = this.pages.computeIfAbsent(name, (missing) -> new Page());
				session.attributes().set(PAGE, page);
				page.session = session;
			}
		}

		void handled(Session session, int number) {
			if (session.attributes().get(PAGE) instanceof Page page) {
				page.handled.add(number);
			}
		}

		/** The ledger of one client. */
		static final class Page {

			final Numbers handled = new Numbers();

			final Numbers pushed = new Numbers();

			/** The current session, with or without a connection. */
			volatile @Nullable Session session;

		}

	}

	/** Handles the messages of clients. */
	@GameComponent("book")
	static class Book {

		private final Ledgers ledgers;

		Book(Ledgers ledgers) {
			this.ledgers = ledgers;
		}

		@Handler
		Numbered request(Session session, Numbered message) {
			this.ledgers.handled(session, message.number());
			return message;
		}

		@Handler
		void note(Session session, Numbered message) {
			this.ledgers.handled(session, message.number());
		}

	}

	/** For the test, which connects without a name. */
	@GameComponent(value = "control", lane = "control")
	static class Control {

		private final Ledgers ledgers;

		private final Timers timers;

		private @Nullable Timer pushing;

		// Confined to the timer

		/** The number of pushes that are due, with fractions. */
		private double due;

		/** The place of the next client that is sent a push. */
		private int next;

		Control(Ledgers ledgers, Timers timers) {
			this.ledgers = ledgers;
			this.timers = timers;
		}

		/** Sends pushes; the number is that of all clients in a second, or zero. */
		@Handler
		void push(Numbered rate) {
			if (this.pushing != null) {
				this.pushing.cancel();
				this.pushing = null;
			}
			if (rate.number() > 0) {
				this.pushing = this.timers.tick(ROUND, (elapsed) -> round(rate.number() * elapsed.toNanos() / 1e9));
			}
		}

		private void round(double pushes) {
			List<Ledgers.Page> pages = new ArrayList<>(this.ledgers.pages.values());
			this.due += pushes;
			for (; this.due >= 1 && !pages.isEmpty(); this.due--) {
				Ledgers.Page page = pages.get(this.next++ % pages.size());
				Session session = page.session;
				if (session != null && session.isOpen()) {
					session.push("onNumber", new Numbered(page.pushed.addNext()));
				}
			}
		}

		/** Returns the ledger of a client. */
		@Handler
		ServerLedger ledger(Name client) {
			Ledgers.Page page = this.ledgers.pages.getOrDefault(client.name(), new Ledgers.Page());
			return new ServerLedger(page.handled.toArray(), page.pushed.toArray());
		}

	}

	/**
	 * A numbered message.
	 *
	 * @param number the number in the ledgers
	 */
	public record Numbered(int number) {
	}

	/**
	 * The name of a client.
	 *
	 * @param name as in its handshake
	 */
	public record Name(String name) {
	}

}
