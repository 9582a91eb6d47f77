/** Short answers in words, by mail or in chat: done by the same acts as those of a page, as who was asked. */
@NullMarked
package io.baton.server.answers;

import org.jspecify.annotations.NullMarked;
