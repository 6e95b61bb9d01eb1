/**
 * Internal. Violations of architecture rules, to see that the rules find them.
 */
package io.nanogame.planted;
