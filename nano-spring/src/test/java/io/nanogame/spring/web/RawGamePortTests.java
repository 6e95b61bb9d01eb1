package io.nanogame.spring.web;

/**
 * Raw WebSockets on the game port.
 */
class RawGamePortTests implements RawWebSocketContract {

	@Override
	public WebServer serveRaw(WebGame game) {
		return new GamePort(game);
	}

	private static final class GamePort extends WebServer {

		GamePort(WebGame game) {
			super(game);
		}

		@Override
		public int port() {
			return this.game.server.port("raw");
		}

		@Override
		public void stop() {
			// The game has stopped its port.
		}

	}

}
