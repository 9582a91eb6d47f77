/** Mail that comes in: received by SMTP or fetched by IMAP, stored, and then acted on by a loop. */
@NullMarked
package io.baton.server.mailbox;

import org.jspecify.annotations.NullMarked;
