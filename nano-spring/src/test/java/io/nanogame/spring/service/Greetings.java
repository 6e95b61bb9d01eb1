package io.nanogame.spring.service;

import io.nanogame.service.NanoService;
import reactor.core.publisher.Mono;

/** Found by the scan for service interfaces. */
@NanoService("greetings")
interface Greetings {

	String greet(String name);

	Mono<String> greetLater(String name);

}
