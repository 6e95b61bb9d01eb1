/**
 * Internal. The report as text and as a web page.
 */
@NullMarked
package io.nanogame.cli.report;

import org.jspecify.annotations.NullMarked;
