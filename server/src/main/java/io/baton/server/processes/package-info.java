/** Deployed processes: versions, their files, and their compiled models. */
@NullMarked
package io.baton.server.processes;

import org.jspecify.annotations.NullMarked;
