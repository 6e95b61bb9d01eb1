/**
 * The first example of the guide of rooms.
 */
package io.nanogame.pond;
