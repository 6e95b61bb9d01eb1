package io.nanogame.boot.autoconfigure.service;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * The configuration of services. Durations without a unit are seconds.
 *
 * @param timeout Time-out of a call of a service.
 */
@ConfigurationProperties("nano.service")
public record NanoServiceProperties(@DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS) Duration timeout) {
}
