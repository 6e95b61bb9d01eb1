package io.nanogame.docs;

import java.util.concurrent.CompletionStage;

import io.nanogame.group.Audience;
import io.nanogame.group.Pushes;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.SecurityFilterChain;

@Profile("security")
@Configuration(proxyBeanMethods = false)
class PushApiGuide {

	// tag::security[]
	@Bean
	@Order(1)
	SecurityFilterChain pushApi(HttpSecurity http) {
		http.securityMatcher("/nano/push/**"); // which checks its keys itself
		http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll());
		return http.csrf(CsrfConfigurer::disable).build();
	}
	// end::security[]

}

@Profile("security")
// tag::game[]
@GameComponent("herald")
class HeraldComponent {

	private final Pushes pushes;

	HeraldComponent(Pushes pushes) {
		this.pushes = pushes;
	}

	@Handler
	CompletionStage<Integer> proclaim(String news) {
		return this.pushes.push(new Audience.Everybody(), "onNews", news).thenApply((receipt) -> receipt.gateways());
	}

}
// end::game[]
