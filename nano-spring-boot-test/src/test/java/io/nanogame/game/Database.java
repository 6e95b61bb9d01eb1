package io.nanogame.game;

import org.springframework.stereotype.Service;

/** A bean that a slice excludes. */
@Service
class Database {

}
