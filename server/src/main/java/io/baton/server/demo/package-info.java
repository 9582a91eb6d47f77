/**
 * The demo: an invented company with people, vendors and customers, three months of its history, and systems that answer
 * while it runs. The façade is {@link io.baton.server.demo.DemoCommand}.
 */
@NullMarked
package io.baton.server.demo;

import org.jspecify.annotations.NullMarked;
