/**
 * Understanding a mail that somebody sent us: its text without quotes and signature, and the act it asks for. A pure
 * function of the mail; no database, no clock.
 */
@NullMarked
package io.baton.server.replies;

import org.jspecify.annotations.NullMarked;
