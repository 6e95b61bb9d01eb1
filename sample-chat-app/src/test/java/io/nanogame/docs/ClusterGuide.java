package io.nanogame.docs;

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.node.Nodes;
import io.nanogame.node.RoutingStrategies;
import io.nanogame.node.RoutingStrategy;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.user.Users;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

// The profile excludes this from the other guides, which use one server.

@Profile("cluster")
// tag::strategy[]
@Configuration(proxyBeanMethods = false)
class Routing {

	@Bean
	RoutingStrategy nodeOfThePlayer() { // the same one after each reconnect, by whichever
										// gateway
		return RoutingStrategies.consistentHash(Session::uid);
	}

}
// end::strategy[]

@Profile("cluster")
// tag::users[]
@GameComponent("friends")
class Friends {

	private final Users users;

	Friends(Users users) {
		this.users = users;
	}

	@Handler
	void greet(Wave wave) {
		this.users.push(wave.to(), "onGreeting", wave.text()); // on any node
	}

	@Handler
	CompletionStage<Boolean> isOnline(String uid) {
		return this.users.find(uid).thenApply((sessions) -> !sessions.isEmpty());
	}

}

record Wave(String to, String text) {
}
// end::users[]

@Profile("cluster")
// tag::group[]
@GameComponent("hall")
class Hall {

	private final Group hall;

	Hall(Groups groups) {
		this.hall = groups.get("hall"); // the same group on every node
	}

	@Handler
	List<String> enter(Session session) {
		this.hall.add(session);
		return this.hall.memberIds(); // including those added by other nodes
	}

}
// end::group[]

@Profile("cluster")
// tag::nodes[]
@Component
class NodeWatch implements NodeListener {

	private static final Logger log = LoggerFactory.getLogger(NodeWatch.class);

	NodeWatch(Nodes nodes) {
		nodes.addListener(this);
	}

	@Override
	public void up(Node node) {
		log.info("{} is up, with {}", node.name(), node.components());
	}

	@Override
	public void down(Node node) {
		log.warn("{} is down, with {} sessions", node.name(), node.sessions());
	}

}
// end::nodes[]
