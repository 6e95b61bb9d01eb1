package io.nanogame.benchmarks.cuts;

import java.util.List;

/**
 * What one client has recorded. Clients in JavaScript send it as JSON.
 *
 * @param name the name of the client
 * @param sent the numbers of its requests and notifications, in the order of the calls
 * @param requests those of its requests
 * @param responses the numbers in the responses, in the order in which they came
 * @param pushes the numbers of the received pushes
 * @param awayMillis how long each time without a connection took
 * @param complaints lost sessions, failed requests and wrong responses
 */
record ClientLedger(String name, int[] sent, int[] requests, int[] responses, int[] pushes, long[] awayMillis,
		List<String> complaints) {

	/** Returns the ledger of a client that has not sent any. */
	static ClientLedger missing(String name) {
		int[] none = {};
		return new ClientLedger(name, none, none, none, none, new long[0], List.of(name + ": sent no ledger"));
	}

	/** Returns the kind of the client, which its name begins with. */
	String kind() {
		return this.name.substring(0, this.name.indexOf('-'));
	}

}
