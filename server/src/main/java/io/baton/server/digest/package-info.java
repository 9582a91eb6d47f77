/** Views of the tower, sent to those who want them in the morning. */
@NullMarked
package io.baton.server.digest;

import org.jspecify.annotations.NullMarked;
