package io.nanogame.spring.service;

import io.nanogame.service.NanoService;
import reactor.core.publisher.Mono;

/** Found by looking for service interfaces. */
@NanoService("greetings")
interface Greetings {

	String greet(String name);

	Mono<String> greetLater(String name);

}
