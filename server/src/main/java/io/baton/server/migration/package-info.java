/** Running cases go on in another version of their process. */
@NullMarked
package io.baton.server.migration;

import org.jspecify.annotations.NullMarked;
