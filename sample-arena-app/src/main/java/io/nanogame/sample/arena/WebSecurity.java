package io.nanogame.sample.arena;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Opens the page, the game's path and a part of the Actuator. Players log in by the
 * handshake of the game.
 */
@Configuration(proxyBeanMethods = false)
class WebSecurity {

	@Bean
	SecurityFilterChain web(HttpSecurity http) {
		http.authorizeHttpRequests((requests) -> {
			requests.requestMatchers("/", "/*.html", "/*.css", "/*.js", "/nano/**", "/actuator/**").permitAll();
			requests.anyRequest().denyAll();
		});
		return http.build();
	}

}
