package io.baton.server.audit;

/** What somebody did that is on record. The names stand in the table, so they are added to and never changed. */
public enum Act {
    SIGNED_IN,
    PASSWORD_SET,
    SIGN_IN_LINK_MADE,
    TOKEN_MADE,
    TOKEN_REVOKED,
    PERSON_ADDED,
    PERSON_CHANGED,
    PERSON_LEFT,
    PERSON_RETURNED,
    ABSENCE_ADDED,
    ABSENCE_REMOVED,
    TEAM_PUT,
    TEAM_REMOVED,
    TEAM_JOINED,
    TEAM_LEFT,
    DIRECTORY_IMPORTED,
    POLICY_PUT,
    CALENDAR_PUT,
    CALENDAR_REMOVED,
    PROCESS_DEPLOYED,
    MAIL_LINK_OPENED,
    MAIL_FILED,
    MAIL_DROPPED,
    MAIL_TRIED_AGAIN,
    CHANNEL_TESTED,
    ADDRESS_PUT,
    ADDRESS_REMOVED,
    BRAND_PUT,
    STATUS_LINK_MADE
}
