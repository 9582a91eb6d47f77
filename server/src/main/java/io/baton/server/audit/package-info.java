/** Who changed what around the cases: the directory, policies, calendars, tokens, processes, and who signed in. */
@NullMarked
package io.baton.server.audit;

import org.jspecify.annotations.NullMarked;
