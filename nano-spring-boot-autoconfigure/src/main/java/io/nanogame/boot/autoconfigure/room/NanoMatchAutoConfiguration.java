package io.nanogame.boot.autoconfigure.room;

import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.session.LoginObserver;
import io.nanogame.session.LoginRegistry;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.spring.match.GameMatches;
import io.nanogame.spring.match.MatchObserver;
import io.nanogame.spring.match.MatchQueues;
import io.nanogame.spring.match.MatchSessions;
import io.nanogame.spring.match.Matchmaker;
import io.nanogame.spring.room.GameRooms;
import io.nanogame.spring.room.RoomParts;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Configures the matchmaker of a server.
 */
@AutoConfiguration(after = NanoRoomAutoConfiguration.class, before = NanoServerAutoConfiguration.class)
@ConditionalOnBean(GameRooms.class)
public final class NanoMatchAutoConfiguration {

	@Bean
	MatchQueues nanoMatchQueues(ListableBeanFactory beans) {
		return new MatchQueues(beans);
	}

	@Bean
	GameMatches nanoGameMatches(MatchQueues queues, RoomParts parts, GameRooms rooms,
			ObjectProvider<MatchObserver> observers) {
		return new GameMatches(queues, parts, rooms, observers.getIfAvailable(() -> MatchObserver.NONE));
	}

	@Bean
	MatchSessions nanoMatchSessions(GameMatches matches) {
		return new MatchSessions(matches);
	}

	@Bean
	@ConditionalOnMissingBean
	Matchmaker nanoMatchmaker(GameMatches matches) {
		return matches.matchmaker();
	}

	/** Only servers with clients have players who wait. */
	@Bean
	@ConditionalOnBooleanProperty(name = "nano.server.enabled", matchIfMissing = true)
	SmartInitializingSingleton nanoMatchedPlayers(GameMatches matches, BeanFactory beans) {
		return () -> {
			LoginRegistry logins = SessionRegistry.of(beans.getBean(Sessions.class)).logins();
			matches.serve(() -> beans.getBean(Sessions.class), logins::isOwn);
			logins.addObserver(new Arrivals(matches));
		};
	}

	/** Sessions that move to this server are bound here, as they were elsewhere. */
	private record Arrivals(GameMatches matches) implements LoginObserver {

		@Override
		public void bound(Session session, String uid, boolean here) {
			if (!here) {
				this.matches.arrived(session, uid);
			}
		}

		@Override
		public void unbound(Session session, String uid, boolean here) {
			// The listener of sessions is called later.
		}

	}

}
