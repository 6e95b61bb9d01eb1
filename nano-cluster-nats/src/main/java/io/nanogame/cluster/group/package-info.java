/**
 * Internal. Groups with members on several nodes.
 */
@NullMarked
package io.nanogame.cluster.group;

import org.jspecify.annotations.NullMarked;
