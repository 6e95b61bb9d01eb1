/**
 * Internal. The push API in a servlet app.
 */
@NullMarked
package io.nanogame.spring.push.servlet;

import org.jspecify.annotations.NullMarked;
