/** What Baton says in mails, messages and pages to people outside, in their language. */
@NullMarked
package io.baton.server.words;

import org.jspecify.annotations.NullMarked;
