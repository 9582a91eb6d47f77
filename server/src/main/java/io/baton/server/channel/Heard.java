package io.baton.server.channel;

/** What became of a request that a channel sent to Baton. */
public sealed interface Heard {

    /** In a line for whoever wrote; empty where there is nothing to say, or it was said elsewhere. */
    record Answered(String text) implements Heard {}

    /** Whoever sent it does not know the secret. */
    record Forged() implements Heard {}

    /** Made more than {@link Callbacks#AGE_MAX} ago, or ahead. */
    record NotTimely() implements Heard {}

    record Twice() implements Heard {}

    /** Signed well, but nothing that the channel's documentation describes. */
    record NotUnderstood(String why) implements Heard {}
}
