/** Who there is: people, teams, outside organisations and systems. The façade is {@link io.baton.server.directory.Directory}. */
@NullMarked
package io.baton.server.directory;

import org.jspecify.annotations.NullMarked;
