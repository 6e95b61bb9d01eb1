/**
 * Internal. The numbers of changes to the state of a session, which is copied to several
 * nodes.
 */
@NullMarked
package io.nanogame.cluster.state;

import org.jspecify.annotations.NullMarked;
