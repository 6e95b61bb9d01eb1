package io.nanogame.game;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The app under test. */
@SpringBootApplication(proxyBeanMethods = false)
class GameApp {

}
