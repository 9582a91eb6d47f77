package io.baton.server.replies;

/** What a reply can ask for. Which of them a step allows is for its caller to say ({@link Asked}). */
public enum Act {
    APPROVE,
    /** Of an approval: no, with a reason. */
    REJECT,
    /** Of work that was offered: I take it. */
    ACCEPT,
    /** Of work that was offered: I do not take it. */
    DECLINE,
    PROMISE,
    PROPOSE,
    STUCK,
    PASS,
    SEND_BACK,
    /** Takes the last act by mail back. */
    UNDO,
    /** Answers the one question of a form. */
    ANSWER
}
