package io.baton.server.replies;

/** A kind of sentence. Some say yes or no to whatever was asked, and mean an act only where one is possible. */
enum Saying {
    APPROVE,
    /** Yes to an approval or to an offer, whichever was asked. */
    AGREE,
    /** I take the work. */
    TAKE,
    REJECT,
    /** No to an approval or to an offer, whichever was asked. */
    REFUSE,
    /** I do not take the work. */
    NOT_MINE,
    DATE,
    PROPOSE,
    STUCK,
    PASS,
    SEND_BACK,
    UNDO
}
