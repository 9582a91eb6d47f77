/** Jobs: work for systems, leased to workers. */
@NullMarked
package io.baton.server.jobs;

import org.jspecify.annotations.NullMarked;
