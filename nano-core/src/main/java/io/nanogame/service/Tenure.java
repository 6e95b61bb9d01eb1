package io.nanogame.service;

/**
 * The time in which this node owns the name of an instance. Internal, for implementations
 * of {@link RemoteServices}. Thread-safe.
 */
public interface Tenure {

	/** That of an instance whose name is not claimed: it does not end. */
	Tenure UNCLAIMED = new Tenure() {

		@Override
		public long fence() {
			return 0;
		}

		@Override
		public boolean isHeld() {
			return true;
		}

		@Override
		public void release() {
			// It does not end.
		}

	};

	/**
	 * Returns the number of this tenure.
	 * @return greater than the number of each earlier tenure of the name on any node; 0
	 * if the name is not claimed
	 */
	long fence();

	/**
	 * Returns whether this node owns the name, as far as it can know by its own clock.
	 * @return false from the end on, also before the end was noticed
	 */
	boolean isHeld();

	/** Ends it. Others may own the name immediately. Does not block. */
	void release();

}
