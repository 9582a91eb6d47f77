/** Text messages, by whatever provider takes them over HTTP. */
@NullMarked
package io.baton.server.channel.sms;

import org.jspecify.annotations.NullMarked;
