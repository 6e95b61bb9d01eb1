package io.nanogame.connection;

/**
 * SPI. The sessions of other servers of a cluster, which clients of this one may continue
 * here. Thread-safe; must not block.
 */
@FunctionalInterface
public interface RemoteResumes {

	/** No other servers. */
	RemoteResumes NONE = ResumeQuery::notFound;

	/**
	 * Looks for a session. One of the methods of the request must be called once.
	 * @param request the request of a client of this server
	 */
	void find(ResumeQuery request);

}
