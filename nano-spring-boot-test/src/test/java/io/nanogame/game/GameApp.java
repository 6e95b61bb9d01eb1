package io.nanogame.game;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The app under test; its parts are beside it. */
@SpringBootApplication(proxyBeanMethods = false)
class GameApp {

}
