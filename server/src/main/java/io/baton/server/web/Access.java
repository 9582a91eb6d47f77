package io.baton.server.web;

import static io.baton.server.web.Access.Who.ADMIN;
import static io.baton.server.web.Access.Who.MEMBER;
import static io.baton.server.web.Access.Who.PUBLIC;
import static io.baton.server.web.Access.Who.SESSION;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import org.springframework.http.HttpMethod;

/**
 * Every route and who may call it. What is not listed is closed, whether a handler exists or not; a test compares this
 * table with the handlers. Whether a member may do this to that very case is not decided here but where the case is.
 */
public record Access(HttpMethod method, String pattern, Who who) {

    /** A route whose body is streamed, with a limit of its own. */
    static final String IMPORT_PATH = "/api/directory/import";

    /** Routes to which files are sent piece by piece, which are streamed too. */
    static final String UPLOADS_PATH = "/api/uploads/";

    public enum Who {
        /** Anybody, signed in or not. */
        PUBLIC,
        /** A member, by session or API token. */
        MEMBER,
        /** A member who signed in: a program with an API token may not make itself another one. */
        SESSION,
        /** An administrator, by session or API token. */
        ADMIN
    }

    /** The first line that fits decides; GET stands for HEAD as well. */
    public static final List<Access> ROUTES = List.of(
            new Access(GET, "/health", PUBLIC),
            new Access(GET, "/api/openapi.json", PUBLIC),

            // People outside, by a link; they are told apart by its secret
            new Access(GET, "/g/{secret}", PUBLIC),
            new Access(GET, "/g/{secret}/{task}", PUBLIC),
            new Access(POST, "/g/{secret}/{task}/check", PUBLIC),
            new Access(POST, "/g/{secret}/{task}/act", PUBLIC),
            new Access(POST, "/g/{secret}/link", PUBLIC),
            new Access(GET, "/g/{secret}/{task}/appointment", PUBLIC),
            new Access(POST, "/g/{secret}/{task}/appointment/check", PUBLIC),
            new Access(POST, "/g/{secret}/{task}/appointment/act", PUBLIC),
            new Access(GET, "/g/{secret}/{task}/files/{id}", PUBLIC),
            new Access(POST, "/g/{secret}/{task}/files/{id}", PUBLIC),
            new Access(GET, "/g/{secret}/{task}/receipt", PUBLIC),
            new Access(GET, "/g/{secret}/{task}/receipt.json", PUBLIC),
            new Access(POST, "/g/{secret}/{task}/uploads", PUBLIC),
            new Access(GET, "/g/{secret}/{task}/uploads/{id}", PUBLIC),
            new Access(PATCH, "/g/{secret}/{task}/uploads/{id}", PUBLIC),
            new Access(DELETE, "/g/{secret}/{task}/uploads/{id}", PUBLIC),
            new Access(GET, "/guest/page.js", PUBLIC),
            new Access(GET, "/guest/page.css", PUBLIC),
            new Access(GET, "/guest/brand.css", PUBLIC),

            // What chat and providers of text messages send, which prove by a secret who they are
            new Access(POST, "/callbacks/slack", PUBLIC),
            new Access(POST, "/callbacks/teams", PUBLIC),
            new Access(POST, "/callbacks/sms", PUBLIC),

            // No more digests, by the link in one
            new Access(GET, "/unsubscribe/{token}", PUBLIC),
            new Access(POST, "/unsubscribe/{token}", PUBLIC),

            // Signing in and out
            new Access(GET, "/sign-in/{link}", PUBLIC),
            new Access(POST, "/sign-in/{link}", PUBLIC),
            new Access(POST, "/api/session", PUBLIC),
            new Access(GET, "/api/session", MEMBER),
            new Access(DELETE, "/api/session", SESSION),
            new Access(PUT, "/api/session/password", SESSION),
            new Access(PUT, "/api/session/acting-as", SESSION),
            new Access(DELETE, "/api/session/acting-as", SESSION),
            new Access(GET, "/api/tokens", SESSION),
            new Access(POST, "/api/tokens", SESSION),
            new Access(DELETE, "/api/tokens/{id}", SESSION),

            // For who looks after this installation
            new Access(GET, "/api/connections/tokens", ADMIN),
            new Access(DELETE, "/api/connections/tokens/{id}", ADMIN),
            new Access(GET, "/api/audit", ADMIN),
            new Access(GET, "/api/connections", ADMIN),
            new Access(GET, "/api/health", ADMIN),
            new Access(GET, "/api/brand", ADMIN),
            new Access(PUT, "/api/brand", ADMIN),
            new Access(GET, "/api/channels", ADMIN),
            new Access(POST, "/api/channels/{name}/test", ADMIN),
            new Access(GET, "/api/people/{id}/addresses", MEMBER),
            new Access(PUT, "/api/people/{id}/addresses/{channel}", ADMIN),
            new Access(DELETE, "/api/people/{id}/addresses/{channel}", ADMIN),

            // People and teams; of themselves members may change how they are reached, and say when they are away
            new Access(GET, "/api/people", MEMBER),
            new Access(POST, "/api/people", ADMIN),
            new Access(GET, "/api/people/{id}", MEMBER),
            new Access(PATCH, "/api/people/{id}", MEMBER),
            new Access(POST, "/api/people/{id}/absences", MEMBER),
            new Access(DELETE, "/api/absences/{id}", MEMBER),
            new Access(POST, "/api/people/{id}/leaving", ADMIN),
            new Access(DELETE, "/api/people/{id}/leaving", ADMIN),
            new Access(POST, "/api/people/{id}/sign-in-link", ADMIN),
            new Access(GET, "/api/teams", MEMBER),
            new Access(GET, "/api/teams/{key}", MEMBER),
            new Access(PUT, "/api/teams/{key}", ADMIN),
            new Access(PUT, "/api/teams/{key}/members/{person}", ADMIN),
            new Access(DELETE, "/api/teams/{key}/members/{person}", ADMIN),
            new Access(POST, IMPORT_PATH, ADMIN),

            // Identity providers: SCIM 2.0, by API token only
            new Access(GET, "/scim/v2/ServiceProviderConfig", ADMIN),
            new Access(GET, "/scim/v2/ResourceTypes", ADMIN),
            new Access(GET, "/scim/v2/ResourceTypes/{id}", ADMIN),
            new Access(GET, "/scim/v2/Schemas", ADMIN),
            new Access(GET, "/scim/v2/Schemas/{id}", ADMIN),
            new Access(GET, "/scim/v2/Users", ADMIN),
            new Access(POST, "/scim/v2/Users", ADMIN),
            new Access(GET, "/scim/v2/Users/{id}", ADMIN),
            new Access(PUT, "/scim/v2/Users/{id}", ADMIN),
            new Access(PATCH, "/scim/v2/Users/{id}", ADMIN),
            new Access(DELETE, "/scim/v2/Users/{id}", ADMIN),
            new Access(GET, "/scim/v2/Groups", ADMIN),
            new Access(POST, "/scim/v2/Groups", ADMIN),
            new Access(GET, "/scim/v2/Groups/{id}", ADMIN),
            new Access(PUT, "/scim/v2/Groups/{id}", ADMIN),
            new Access(PATCH, "/scim/v2/Groups/{id}", ADMIN),
            new Access(DELETE, "/scim/v2/Groups/{id}", ADMIN),

            // Calendars
            new Access(GET, "/api/calendars", MEMBER),
            new Access(GET, "/api/calendars/{key}", MEMBER),
            new Access(PUT, "/api/calendars/{key}", ADMIN),
            new Access(DELETE, "/api/calendars/{key}", ADMIN),
            new Access(GET, "/api/calendars/{key}/working-time", MEMBER),
            new Access(GET, "/api/holidays", MEMBER),
            new Access(GET, "/api/holidays/countries", MEMBER),

            // Policies
            new Access(GET, "/api/policies", MEMBER),
            new Access(GET, "/api/policies/{key}", MEMBER),
            new Access(PUT, "/api/policies/{key}", ADMIN),
            new Access(GET, "/api/policies/{key}/versions", MEMBER),
            new Access(GET, "/api/policies/{key}/versions/{version}", MEMBER),

            // Processes
            new Access(GET, "/api/processes", MEMBER),
            new Access(POST, "/api/processes", ADMIN),
            new Access(POST, "/api/processes/check", ADMIN),
            new Access(POST, "/api/processes/play", ADMIN),
            new Access(GET, "/api/processes/{key}", MEMBER),
            new Access(GET, "/api/processes/{key}/figures", MEMBER),
            new Access(GET, "/api/processes/{key}/versions/{version}/files", MEMBER),
            new Access(POST, "/api/processes/{key}/versions/{version}/migrations", ADMIN),
            new Access(POST, "/api/processes/{key}/preflight", MEMBER),
            new Access(GET, "/api/processes/{key}/versions/{version}/bpmn", MEMBER),
            new Access(GET, "/api/processes/{key}/forms/{form}", MEMBER),

            // Cases
            new Access(GET, "/api/cases", MEMBER),
            new Access(POST, "/api/cases", MEMBER),
            new Access(GET, "/api/cases/{key}", MEMBER),
            new Access(GET, "/api/cases/{key}/steps", MEMBER),
            new Access(GET, "/api/cases/{key}/journal", MEMBER),
            new Access(GET, "/api/cases/{key}/variables", MEMBER),
            new Access(PATCH, "/api/cases/{key}/variables", MEMBER),
            new Access(POST, "/api/cases/{key}/cancellation", MEMBER),
            new Access(POST, "/api/cases/{key}/incidents/{id}/resolution", MEMBER),
            new Access(GET, "/api/cases/{key}/ledger", MEMBER),
            new Access(GET, "/api/cases/{key}/buffer", MEMBER),
            new Access(GET, "/api/cases/{key}/incidents", MEMBER),
            new Access(PUT, "/api/cases/{key}/due", MEMBER),
            new Access(POST, "/api/cases/{key}/pause", MEMBER),
            new Access(DELETE, "/api/cases/{key}/pause", MEMBER),
            new Access(POST, "/api/cases/{key}/owner", MEMBER),
            new Access(POST, "/api/cases/{key}/owner/acceptance", MEMBER),
            new Access(POST, "/api/cases/{key}/owner/refusal", MEMBER),
            new Access(GET, "/api/cases/{key}/appointments", MEMBER),
            new Access(PUT, "/api/cases/{key}/appointments/{step}", MEMBER),
            new Access(POST, "/api/cases/{key}/appointments/{step}/cancellation", MEMBER),
            new Access(GET, "/api/cases/{key}/guest-links", MEMBER),
            new Access(POST, "/api/cases/{key}/guest-links", MEMBER),
            new Access(DELETE, "/api/cases/{key}/guest-links/{id}", MEMBER),
            new Access(GET, "/api/cases/{key}/comments", MEMBER),
            new Access(GET, "/api/cases/{key}/deliveries", MEMBER),
            new Access(POST, "/api/cases/{key}/comments", MEMBER),
            new Access(DELETE, "/api/cases/{key}/comments/{id}", ADMIN),
            new Access(GET, "/api/kept-mails", ADMIN),
            new Access(GET, "/api/kept-mails/{id}", ADMIN),
            new Access(POST, "/api/kept-mails/{id}/filing", ADMIN),
            new Access(GET, "/api/kept-mails/{id}/raw", ADMIN),
            new Access(POST, "/api/kept-mails/{id}/another-try", ADMIN),
            new Access(DELETE, "/api/kept-mails/{id}", ADMIN),
            new Access(GET, "/api/cases/{key}/files", MEMBER),
            new Access(GET, "/api/cases/{key}/files/{id}", MEMBER),
            new Access(DELETE, "/api/cases/{key}/files/{id}", ADMIN),
            new Access(POST, "/api/cases/{key}/uploads", MEMBER),
            new Access(GET, "/api/cases/{key}/receipt", MEMBER),
            new Access(GET, "/api/receipt-key", PUBLIC),
            new Access(GET, "/api/uploads/{id}", MEMBER),
            new Access(PATCH, "/api/uploads/{id}", MEMBER),
            new Access(DELETE, "/api/uploads/{id}", MEMBER),
            new Access(GET, "/api/cases/{key}/facts", MEMBER),
            new Access(POST, "/api/cases/{key}/facts", MEMBER),
            new Access(GET, "/api/ledger", MEMBER),
            new Access(GET, "/api/ledger/cases", MEMBER),
            new Access(GET, "/api/incidents", MEMBER),
            new Access(GET, "/api/incidents/measures", MEMBER),
            new Access(GET, "/api/reliability", MEMBER),
            new Access(GET, "/api/overview", MEMBER),
            new Access(GET, "/api/live", MEMBER),

            // Insight
            new Access(GET, "/api/home", MEMBER),
            new Access(GET, "/api/tower", MEMBER),
            new Access(GET, "/api/tower/ageing", MEMBER),
            new Access(GET, "/api/tower/map", MEMBER),
            new Access(GET, "/api/search", MEMBER),
            new Access(GET, "/api/export/{list}", MEMBER),
            new Access(GET, "/api/views", MEMBER),
            new Access(POST, "/api/views", MEMBER),
            new Access(DELETE, "/api/views/{id}", MEMBER),
            new Access(PUT, "/api/views/{id}/digest", MEMBER),
            new Access(DELETE, "/api/views/{id}/digest", MEMBER),

            // Work for people and for systems
            new Access(GET, "/api/tasks", MEMBER),
            new Access(GET, "/api/tasks/done", MEMBER),
            new Access(POST, "/api/tasks/bulk", MEMBER),
            new Access(GET, "/api/tasks/{id}", MEMBER),
            new Access(GET, "/api/tasks/{id}/packet", MEMBER),
            new Access(GET, "/api/tasks/{id}/slots", MEMBER),
            new Access(GET, "/api/tasks/{id}/papers", MEMBER),
            new Access(POST, "/api/tasks/{id}/signature", MEMBER),
            new Access(POST, "/api/tasks/{id}/claim", MEMBER),
            new Access(DELETE, "/api/tasks/{id}/claim", MEMBER),
            new Access(POST, "/api/tasks/{id}/completion", MEMBER),
            new Access(DELETE, "/api/tasks/{id}/completion", MEMBER),
            new Access(DELETE, "/api/tasks/{id}/slip", MEMBER),
            new Access(POST, "/api/tasks/{id}/offer", MEMBER),
            new Access(DELETE, "/api/tasks/{id}/offer", MEMBER),
            new Access(POST, "/api/tasks/{id}/decline", MEMBER),
            new Access(POST, "/api/tasks/{id}/return", MEMBER),
            new Access(POST, "/api/tasks/{id}/waiver", MEMBER),
            new Access(POST, "/api/tasks/{id}/promise", MEMBER),
            new Access(POST, "/api/tasks/{id}/proposal", MEMBER),
            new Access(POST, "/api/tasks/{id}/proposal/answer", MEMBER),
            new Access(PUT, "/api/tasks/{id}/due", MEMBER),
            new Access(POST, "/api/tasks/{id}/obstacle", MEMBER),
            new Access(DELETE, "/api/tasks/{id}/obstacle", MEMBER),
            new Access(POST, "/api/jobs/activation", MEMBER),
            new Access(POST, "/api/jobs/{id}/completion", MEMBER),
            new Access(POST, "/api/jobs/{id}/failure", MEMBER),
            new Access(POST, "/api/jobs/{id}/error", MEMBER),
            new Access(POST, "/api/messages", MEMBER),

            // What would have been mailed without a mail server: for administrators, in a demo for everybody
            new Access(GET, "/api/outbox", MEMBER),
            new Access(GET, "/api/outbox/{id}", MEMBER),
            new Access(POST, "/api/outbox/{id}/link", MEMBER));

    /**
     * The files of the web app, which hold no data. They come after all routes and nothing below {@code /api} or {@code /scim} is one, so
     * a route that was forgotten in the table is never reached through this.
     */
    static final String WEB_APP_PATTERN = "/**";

    static final String ASSETS_PATTERN = "/assets/**";

    /** What is sent here does nothing until its sender confirms it with a nonce of its own. */
    static final String GUEST_PATH = "/g/";

    static final String GUEST_PATTERN = GUEST_PATH + "**";

    /** What is sent here is signed by its sender, and no browser's. */
    static final String CALLBACKS_PATTERN = "/callbacks/**";

    /** A mail program sends this without having looked at the page (RFC 8058). */
    static final String UNSUBSCRIBE_PATTERN = "/unsubscribe/**";

    static final String API_PATTERN = "/api/**";

    static final String SCIM_PATTERN = "/scim/**";
}
