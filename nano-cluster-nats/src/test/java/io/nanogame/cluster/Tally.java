package io.nanogame.cluster;

import io.nanogame.service.NanoService;

/** Told of what ledgers of other processes have counted, before they answer. */
@NanoService("tally")
interface Tally {

	void counted(long id);

}
