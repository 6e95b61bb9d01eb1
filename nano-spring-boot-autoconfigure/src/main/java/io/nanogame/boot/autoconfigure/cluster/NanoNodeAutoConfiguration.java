package io.nanogame.boot.autoconfigure.cluster;

import java.util.Locale;

import io.nanogame.boot.autoconfigure.Checks;
import io.nanogame.boot.autoconfigure.NanoAutoConfiguration;
import io.nanogame.boot.autoconfigure.NanoProperties;
import io.nanogame.node.LocalNodes;
import io.nanogame.node.Nodes;
import io.nanogame.node.SessionRouting;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.service.Services;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Sessions;
import io.nanogame.user.LocalUsers;
import io.nanogame.user.Users;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configures the single-node implementations of the cluster's API, so that a game does
 * not change when it becomes a cluster.
 */
@AutoConfiguration(after = { NanoAutoConfiguration.class, NanoClusterAutoConfiguration.class })
@EnableConfigurationProperties({ NanoClusterProperties.class, NanoProperties.class })
public final class NanoNodeAutoConfiguration {

	private static final Logger log = LoggerFactory.getLogger(NanoNodeAutoConfiguration.class);

	private static final String UNIQUE = "nano.cluster.unique-sessions";

	@Bean
	@ConditionalOnMissingBean
	LoginPolicy nanoLoginPolicy(NanoProperties nano, NanoClusterProperties cluster) {
		LoginPolicy login = nano.session().login();
		Boolean unique = cluster.uniqueSessions();
		if (unique == null) {
			return (login != null) ? login : LoginPolicy.SEVERAL;
		}
		LoginPolicy meant = unique ? LoginPolicy.REPLACE : LoginPolicy.SEVERAL;
		log.warn("{} is deprecated. Use nano.session.login={} instead", UNIQUE, meant.name().toLowerCase(Locale.ROOT));
		Checks.check(login == null || login == meant, UNIQUE, unique,
				"nano.session.login has another value. Remove nano.cluster.unique-sessions, which is deprecated.");
		return meant;
	}

	@Bean
	@ConditionalOnMissingBean
	Users nanoUsers(Sessions sessions, Payloads payloads) {
		return new LocalUsers(sessions, payloads);
	}

	@Bean
	@ConditionalOnMissingBean(Nodes.class)
	LocalNode nanoLocalNode(NanoClusterProperties cluster, NanoProperties nano, Environment environment,
			Sessions sessions, ObjectProvider<Services> services, ObjectProvider<GameServer> server) {
		String name = (cluster.name() != null) ? cluster.name()
				: environment.getProperty("spring.application.name", "node");
		return new LocalNode(name, cluster, nano.server().enabled(), sessions, services, server);
	}

	@Bean
	@ConditionalOnMissingBean
	Nodes nanoNodes(LocalNode self) {
		return new LocalNodes(self);
	}

	@Bean
	@ConditionalOnMissingBean
	SessionRouting nanoSessionRouting() {
		return SessionRouting.LOCAL;
	}

	/**
	 * Fails the start if the module is missing. The app would otherwise run without the
	 * cluster.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "nano.cluster.enabled")
	@ConditionalOnBooleanProperty(name = "nano.enabled", matchIfMissing = true)
	@ConditionalOnMissingClass("io.nanogame.cluster.ClusterNode")
	static class WithoutModule {

		WithoutModule() {
			throw new InvalidConfigurationPropertyValueException("nano.cluster.enabled", true,
					"The module for clusters is missing. Add the dependency io.nanogame:nano-cluster-nats.");
		}

	}

}
