package io.nanogame.benchmarks.report;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class ProfileTests {

	@Test
	void eachStackCountsForTheFirstOwnerFromItsTop() {
		assertThat(Profile.shares("""
				start_thread;java/lang/Thread.run;io/nanogame/lane/Mailbox.run;tools/jackson/core/Parser.next 2
				java/lang/Thread.run;io/netty/channel/epoll/Native.write;__write;[kernel] 5
				java/lang/Thread.run;io/nanogame/session/Session.push;java/util/HashMap.get 1
				start_thread;CompileBroker::loop 1
				java/lang/Thread.run;java/util/TimerThread.run 1
				""")).contains(entry("Jackson", 20.0), entry("sockets (system calls)", 50.0), entry("nano", 10.0),
				entry("compilers and collector", 10.0), entry("others", 10.0), entry("Netty", 0.0));
	}

	@Test
	void noSamplesAreNoShares() {
		assertThat(Profile.shares("").values()).containsOnly(0.0);
	}

}
