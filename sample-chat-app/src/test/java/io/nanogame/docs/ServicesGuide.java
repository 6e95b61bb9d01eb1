package io.nanogame.docs;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.service.Claimant;
import io.nanogame.node.NodeSelectors;
import io.nanogame.service.NanoService;
import io.nanogame.service.Offer;
import io.nanogame.service.ServiceException;
import io.nanogame.service.Services;
import io.nanogame.service.Ticking;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

// tag::interface[]
@NanoService("ranking")
interface Ranking {

	void won(String player); // sent: the caller does not wait

	CompletionStage<List<String>> best(int count); // requested: the reply arrives later

	int victories(String player); // called: the thread waits

}
// end::interface[]

// tag::bean[]
@Component
class OwnRanking implements Ranking {

	private final Map<String, Integer> victories = new HashMap<>(); // needs no lock

	@Override
	public void won(String player) {
		this.victories.merge(player, 1, Integer::sum);
	}

	@Override
	public CompletionStage<List<String>> best(int count) {
		return CompletableFuture.completedFuture(this.victories.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
			.limit(count)
			.map(Map.Entry::getKey)
			.toList());
	}

	@Override
	public int victories(String player) {
		Integer victories = this.victories.get(player);
		if (victories == null) {
			throw new ServiceException(404, player + " has never won"); // to the caller
		}
		return victories;
	}

}
// end::bean[]

// tag::caller[]
@GameComponent("hall")
class HallOfFame {

	private final Ranking ranking;

	HallOfFame(Ranking ranking) { // on any node of the cluster
		this.ranking = ranking;
	}

	@Handler
	void won(Session session) {
		this.ranking.won(session.uid());
	}

	@Handler
	CompletionStage<List<String>> best() {
		return this.ranking.best(10);
	}

	@Handler
	int mine(Session session) {
		return this.ranking.victories(session.uid());
	}

}
// end::caller[]

// tag::options[]
@GameComponent("honours")
class Honours {

	private final Services services;

	private final Ranking patient;

	Honours(Services services, Ranking ranking) {
		this.services = services;
		this.patient = Services.withTimeout(ranking, Duration.ofSeconds(30));
	}

	@Handler
	CompletionStage<List<String>> best() {
		return this.patient.best(10_000); // fails after 30 seconds
	}

	@Handler
	int victories(String guild) { // of one guild always on the same node
		return this.services.on(Ranking.class, NodeSelectors.consistentHash(guild)).victories(guild);
	}

}
// end::options[]

// tag::instance[]
@NanoService("arena")
interface Arena {

	int enter(String player);

	void shout(String text);

	void close();

}

@GameComponent("arena")
class Arenas {

	private final Services services;

	private final Lanes lanes;

	private final Groups groups;

	Arenas(Services services, Lanes lanes, Groups groups) {
		this.services = services;
		this.lanes = lanes;
		this.groups = groups;
	}

	@Handler
	void open(Session session, String name) {
		OwnArena arena = new OwnArena(this.groups, name);
		arena.offer = this.services.offer(Arena.class, name, arena, this.lanes.create("arena"));
	}

	@Handler
	int enter(Session session, String name) {
		int place = this.services.at(Arena.class, name).enter(session.uid()); // by name
		this.groups.get("arena/" + name).add(session);
		return place;
	}

	@Handler
	void shout(String text) {
		this.services.all(Arena.class).shout(text); // to all instances on all nodes
	}

	@Handler
	void close(String name) {
		this.services.at(Arena.class, name).close();
	}

}

class OwnArena implements Arena, Ticking {

	private final Groups groups;

	private final String name;

	private int fighters;

	Offer<Arena> offer;

	OwnArena(Groups groups, String name) {
		this.groups = groups;
		this.name = name;
	}

	@Override
	public Duration interval() {
		return Duration.ofMillis(50);
	}

	@Override
	public void tick() { // in order with all other calls
		shout("round for " + this.fighters);
	}

	@Override
	public int enter(String player) {
		return ++this.fighters;
	}

	@Override
	public void shout(String text) {
		this.groups.get("arena/" + this.name).broadcast("onShouted", text);
	}

	@Override
	public void close() {
		this.offer.close(); // the clock stops, and the service is no longer found
	}

}
// end::instance[]

// tag::claim[]
@NanoService("auction")
interface Auction {

	int bid(int coins);

}

@GameComponent("auction")
class AuctionHouse implements Claimant<Auction> {

	private final Services services;

	private final Lanes lanes;

	AuctionHouse(Services services, Lanes lanes) {
		this.services = services;
		this.lanes = lanes;
	}

	@EventListener(ApplicationReadyEvent.class)
	void open() { // on all nodes; one of them is the owner
		this.services.claim(Auction.class, "world", this.lanes.create("auction"), this);
	}

	@Override
	public Auction acquired(long fence) { // may block, to load the saved bids
		return new OwnAuction();
	}

	@Override
	public void lost() {
		// Another node is the owner soon: save nothing from here on.
	}

	@Handler
	int bid(int coins) {
		return this.services.at(Auction.class, "world").bid(coins); // reaches the owner
	}

}

class OwnAuction implements Auction {

	private int highest;

	@Override
	public int bid(int coins) {
		this.highest = Math.max(this.highest, coins);
		return this.highest;
	}

}
// end::claim[]
