package io.nanogame.game;

import org.springframework.stereotype.Service;

/** What a slice does without. */
@Service
class Database {

}
