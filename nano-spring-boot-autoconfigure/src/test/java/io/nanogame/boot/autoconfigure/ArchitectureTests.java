package io.nanogame.boot.autoconfigure;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.nanogame.connection.CompressionSettings;
import io.nanogame.connection.ConnectionSettings;
import io.nanogame.connection.DispatchSettings;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.PushPolicy;
import io.nanogame.connection.PushSettings;
import io.nanogame.connection.Traffic;
import io.nanogame.connection.TransportLimits;
import io.nanogame.connection.TransportLimits.OnExcess;
import io.nanogame.connection.TransportSettings;
import io.nanogame.connection.UnsuitableListenerException;
import io.nanogame.connection.Validations;
import io.nanogame.net.AddressFilter;
import io.nanogame.net.AddressPolicy;
import io.nanogame.net.CannotListenException;
import io.nanogame.net.KeepAlive;
import io.nanogame.net.Listener;
import io.nanogame.net.ListenerSettings;
import io.nanogame.net.Networks;
import io.nanogame.net.OriginFilter;
import io.nanogame.net.OriginPolicy;
import io.nanogame.net.PortInUseException;
import io.nanogame.net.Tls;
import io.nanogame.net.UpgradeSettings;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ArchitectureTests {

	private static final ArchRule PACKAGES_HAVE_NO_CYCLE = slices().matching("io.nanogame.boot.(**)")
		.should()
		.beFreeOfCycles();

	private static final ArchRule NO_BYTES_AND_NO_MESSAGES_PASS_HERE = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.netty.buffer..", "io.netty.handler.codec..", "io.nanogame.dispatch..");

	private static final ArchRule OF_THE_TRANSPORT_ONLY_SETTINGS_AND_COUNTS_ARE_KNOWN = noClasses().should()
		.dependOnClassesThat(resideInAnyPackage("io.nanogame.connection", "io.nanogame.pomelo", "io.nanogame.net")
			.and(not(belongToAnyOf(TransportSettings.class, ListenerSettings.class, ConnectionSettings.class,
					PacketLimits.class, DispatchSettings.class, CompressionSettings.class,
					CompressionSettings.Method.class, TransportLimits.class, OnExcess.class, PushSettings.class,
					PushSettings.Key.class, PushPolicy.class, Traffic.class, Protocol.class, Listener.class,
					PortInUseException.class, CannotListenException.class, UnsuitableListenerException.class, Tls.class,
					Networks.class, UpgradeSettings.class, AddressFilter.class, AddressPolicy.class, OriginFilter.class,
					OriginPolicy.class, KeepAlive.class, Validations.Bounds.class))));

	private static final ArchRule SPRING_SECURITY_IS_KNOWN_IN_ITS_PACKAGE_ONLY = noClasses().that()
		.resideOutsideOfPackage("io.nanogame.boot.autoconfigure.security")
		.should()
		.dependOnClassesThat(resideInAnyPackage("org.springframework.security..", "io.nanogame.spring.security.."));

	private final JavaClasses main = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.nanogame.boot");

	private final JavaClasses planted = new ClassFileImporter().importPackages("io.nanogame.boot.planted");

	@Test
	void packagesHaveNoCycle() {
		PACKAGES_HAVE_NO_CYCLE.check(this.main);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> PACKAGES_HAVE_NO_CYCLE.check(this.planted));
	}

	@Test
	void noBytesAndNoMessagesPassHere() {
		NO_BYTES_AND_NO_MESSAGES_PASS_HERE.check(this.main);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> NO_BYTES_AND_NO_MESSAGES_PASS_HERE.check(this.planted));
	}

	@Test
	void ofTheTransportOnlySettingsAndCountsAreKnown() {
		OF_THE_TRANSPORT_ONLY_SETTINGS_AND_COUNTS_ARE_KNOWN.check(this.main);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> OF_THE_TRANSPORT_ONLY_SETTINGS_AND_COUNTS_ARE_KNOWN.check(this.planted));
	}

	@Test
	void springSecurityIsKnownInItsPackageOnly() {
		SPRING_SECURITY_IS_KNOWN_IN_ITS_PACKAGE_ONLY.check(this.main);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> SPRING_SECURITY_IS_KNOWN_IN_ITS_PACKAGE_ONLY.check(this.planted));
	}

}
