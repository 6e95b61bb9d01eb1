package io.nanogame.cluster.model;

import org.junit.jupiter.api.Test;

class RoamingTests {

	@Test
	void aSessionContinuesOnAnyGateway() {
		Long repeated = Long.getLong("model.seed");
		long first = (repeated != null) ? repeated : 1;
		long last = (repeated != null) ? repeated : Long.getLong("model.schedules", 100);
		int resumes = 0;
		for (long seed = first; seed <= last; seed++) {
			try {
				RoamingSchedule schedule = new RoamingSchedule(seed, Boolean.getBoolean("model.loses"));
				schedule.run();
				resumes += schedule.resumes();
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("Schedule with -Dmodel.seed=" + seed + ": " + ex.getMessage(), ex);
			}
		}
		System.err.println("RESUMES " + resumes);
	}

}
