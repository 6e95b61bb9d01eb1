package io.nanogame.cluster.node;

import java.time.Duration;

/**
 * How nodes notice that another one is gone.
 *
 * @param heartbeat the interval of announcements
 * @param patience how long a node may be silent until it is gone
 */
public record MembershipSettings(Duration heartbeat, Duration patience) {

	/** The default patience, in heartbeats. */
	private static final int DEFAULT_PATIENCE = 3;

	/**
	 * Creates settings with the default patience of three heartbeats.
	 * @param heartbeat the interval of announcements
	 * @return the settings
	 */
	public static MembershipSettings of(Duration heartbeat) {
		return new MembershipSettings(heartbeat, heartbeat.multipliedBy(DEFAULT_PATIENCE));
	}

}
