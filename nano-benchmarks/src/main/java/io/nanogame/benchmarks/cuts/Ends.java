package io.nanogame.benchmarks.cuts;

/**
 * The ledgers of both ends of one client.
 *
 * @param client that of the client
 * @param server that of the server
 */
record Ends(ClientLedger client, ServerLedger server) {

	/** Compares the requests and notifications. */
	Comparison toServer() {
		return Comparison.of(this.client.sent(), this.server.handled());
	}

	/** Compares the requests with their responses. */
	Comparison responses() {
		return Comparison.of(this.client.requests(), this.client.responses());
	}

	/** Compares the pushes. */
	Comparison pushes() {
		return Comparison.of(this.server.pushed(), this.client.pushes());
	}

	/** Returns whether no message is missing, or any other fault is found. */
	boolean isComplete() {
		return this.client.sent().length > 0 && toServer().isGood() && responses().isGood() && pushes().isGood();
	}

}
