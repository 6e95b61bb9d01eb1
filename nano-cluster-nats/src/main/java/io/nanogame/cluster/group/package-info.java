/**
 * Internal. Groups that span nodes.
 */
@NullMarked
package io.nanogame.cluster.group;

import org.jspecify.annotations.NullMarked;
