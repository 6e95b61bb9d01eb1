/**
 * Internal. The frames between nodes: records that write and read themselves. A sealed
 * interface contains the frames of one concern, which its receiver is given:
 * {@link io.nanogame.cluster.frame.BackendFrame},
 * {@link io.nanogame.cluster.frame.GatewayFrame},
 * {@link io.nanogame.cluster.frame.SessionFrame},
 * {@link io.nanogame.cluster.frame.GroupFrame},
 * {@link io.nanogame.cluster.frame.MemberFrame},
 * {@link io.nanogame.cluster.frame.PresenceFrame},
 * {@link io.nanogame.cluster.frame.UserFrame},
 * {@link io.nanogame.cluster.frame.PushFrame}.
 */
@NullMarked
package io.nanogame.cluster.frame;

import org.jspecify.annotations.NullMarked;
