package io.nanogame.sample.chat;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The chat. Page and Actuator on http://localhost:8080, game port 3250.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class ChatApplication {

	public static void main(String[] args) {
		SpringApplication.run(ChatApplication.class, args);
	}

}
