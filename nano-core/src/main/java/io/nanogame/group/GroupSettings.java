package io.nanogame.group;

import io.nanogame.limit.Limit;

/**
 * The settings of all groups of a server.
 *
 * @param size the maximum number of members of a group
 * @param merged the routes whose broadcasts are merged
 */
public record GroupSettings(Limit size, MergedRoutes merged) {

	/** The name of the limit of members. */
	public static final String LIMIT = "group-size";

	/**
	 * Creates settings.
	 * @param maxSize the maximum number of members of a group; 0 for no limit
	 * @param merged the routes whose broadcasts are merged
	 * @return the settings
	 */
	public static GroupSettings of(int maxSize, MergedRoutes merged) {
		return new GroupSettings(new Limit(LIMIT, maxSize), merged);
	}

}
