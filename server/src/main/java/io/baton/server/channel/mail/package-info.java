/** Mail, by SMTP; or onto a page of the web app where there is no mail server. */
@NullMarked
package io.baton.server.channel.mail;

import org.jspecify.annotations.NullMarked;
