/**
 * Internal. What players saw, for people: text and a web page.
 */
@NullMarked
package io.nanogame.cli.report;

import org.jspecify.annotations.NullMarked;
