package io.nanogame.aot;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.nanogame.pipeline.Interceptor;
import io.nanogame.route.Request;
import io.nanogame.service.NanoService;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.Intercept;
import io.nanogame.spring.match.MatchQueue;
import io.nanogame.spring.match.MatchRule;
import io.nanogame.spring.match.Matchmaker;
import io.nanogame.spring.match.Ticket;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.OnJoin;
import io.nanogame.spring.room.Room;
import io.nanogame.spring.room.Tick;
import io.nanogame.spring.security.HandshakeAuthenticationConverter;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Component;

/**
 * A game that uses all features, with package-private classes.
 */
@SpringBootApplication
@EnableMethodSecurity
class EverythingApp {

	public static void main(String[] args) {
		SpringApplication.run(EverythingApp.class, args);
	}

	@Bean
	HandshakeAuthenticationConverter tokens() {
		return (handshake) -> {
			String token = handshake.request().user(Credentials.class).token();
			return (token != null) ? UsernamePasswordAuthenticationToken.unauthenticated(token, token) : null;
		};
	}

	@Bean
	AuthenticationManager players() {
		return (credentials) -> new TestingAuthenticationToken(credentials.getName(), null, "ROLE_PLAYER");
	}

	@Bean
	SecurityFilterChain open(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.csrf((csrf) -> csrf.disable())
			.build();
	}

	record Credentials(@Nullable String token) {
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	interface Shape {

	}

	@JsonTypeName("circle")
	record Circle(int radius) implements Shape {
	}

	record Name(@NotBlank String name) {
	}

	@NanoService("${service.name:ranking}")
	interface Ranking {

		CompletionStage<List<String>> best(int count);

		int victories(String player);

	}

	@Component
	static class OwnRanking implements Ranking {

		@Override
		public CompletionStage<List<String>> best(int count) {
			return Mono.just(List.of("ann")).toFuture();
		}

		@Override
		public int victories(String player) {
			return player.length();
		}

	}

	@Component
	static class Counting implements Interceptor {

		@Override
		public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
			request.attributes().put("counted", true);
			return next.proceed(request);
		}

	}

	@GameRoom(value = "${table.name:table}", seats = 2)
	static class Table {

		private final Room<Cards> room;

		private final Ranking ranking;

		Table(Room<Cards> room, Ranking ranking) {
			this.room = room;
			this.ranking = ranking;
		}

		@OnJoin
		@PreAuthorize("hasRole('PLAYER')")
		int join(@Valid Name name) {
			this.room.state().names.add(name.name());
			return this.ranking.victories(name.name());
		}

		@Tick("10ms")
		void tick() {
			this.room.state().ticks++;
		}

		@Handler
		@PreAuthorize("hasRole('ADMIN')")
		void cheat() {
			this.room.state().ticks = 0;
		}

		static class Cards {

			final List<String> names = new ArrayList<>();

			int ticks;

		}

	}

	@MatchQueue(value = "${pair.name:pair}", room = "table", players = 2)
	static class Pair implements MatchRule {

		@Override
		public boolean fits(Ticket ticket, Ticket other) {
			return ticket.properties(Integer.class).equals(other.properties(Integer.class));
		}

	}

	@GameComponent(name = "${game.name:game}", lane = "${game.lane:}")
	static class Game {

		private final Ranking ranking;

		private final Matchmaker matchmaker;

		Game(Ranking ranking, Matchmaker matchmaker) {
			this.ranking = ranking;
			this.matchmaker = matchmaker;
		}

		@Handler
		CompletionStage<Void> pair(Session session, int rating) {
			return this.matchmaker.enqueue(session, "pair", rating);
		}

		@Handler
		Mono<List<Shape>> shapes() {
			return Mono.just(List.of(new Circle(1)));
		}

		@Handler
		String greet(Session session, @Valid Name name) {
			session.bind(name.name());
			return "Hello " + name.name();
		}

		@Handler
		int length(@NotBlank String text) {
			return text.length();
		}

		@Handler
		CompletionStage<List<String>> best() {
			return this.ranking.best(1);
		}

		@Handler
		int victories(String player) {
			return this.ranking.victories(player);
		}

		@Handler
		@Intercept(Counting.class)
		boolean counted(Request request) {
			return request.attributes().containsKey("counted");
		}

		@Handler
		@PreAuthorize("hasRole('PLAYER')")
		String who(Authentication authentication) {
			return authentication.getName();
		}

		@Handler
		@PreAuthorize("hasRole('ADMIN')")
		String secret() {
			return "secret";
		}

	}

}
