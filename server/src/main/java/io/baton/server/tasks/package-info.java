/** Tasks: the inbox of a person and of a team, claiming and completing. */
@NullMarked
package io.baton.server.tasks;

import org.jspecify.annotations.NullMarked;
