package io.nanogame.pond;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The app of the guide of rooms.
 */
@SpringBootApplication
class PondApplication {

}
