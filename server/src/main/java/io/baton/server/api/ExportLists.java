package io.baton.server.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The lists that can be had as a file: from which route, in which columns. A column is its heading and where its value stands
 * in an item of the route's answer.
 */
record ExportLists(String path, boolean admin, String items, List<Column> columns) {

    record Column(String heading, String place) {

        @Nullable
        Object of(JsonNode item) {
            return value(item, place);
        }
    }

    /** {@code key} in a path is the key of a case, which the query then has to have. */
    static final Map<String, ExportLists> ALL = Map.ofEntries(
            Map.entry(
                    "cases",
                    list(
                            "/api/cases",
                            "Case=key, Title=title, Process=process.name, Version=process.version, State=state, Owner=owner.name,"
                                    + " Stands at=openSteps.name, Held by=openSteps.holder.name, Party=openSteps.party.name,"
                                    + " Started=startedAt, Due=dueAt, Overdue=overdue, Changed=changedAt, Ended=endedAt,"
                                    + " Incidents=incidents, Paused=paused")),
            Map.entry(
                    "tasks",
                    list(
                            "/api/tasks",
                            "Task=name, Case=caseKey, Title=caseTitle, Process=process.name, Party=party.name,"
                                    + " Held by=holder.name, Claimed by=claimedBy.name, Offered to=offeredTo.name,"
                                    + " Open since=openedAt, Due=dueAt, Overdue=overdue, Accept by=acceptBy,"
                                    + " Promised=promisedAt, Blocked by=blockedBy.name")),
            Map.entry(
                    "done",
                    list(
                            "/api/tasks/done",
                            "Task=name, Case=caseKey, Title=caseTitle, Process=process.name, Given=enteredAt, Done=doneAt,"
                                    + " Due=dueAt, On time=onTime, Answer=answer, Case is=caseState")),
            Map.entry(
                    "incidents",
                    list(
                            "/api/incidents",
                            "Kind=kind, Severity=severity, Case=caseKey, Title=caseTitle, Step=name, What=message,"
                                    + " Held by=holder.name, Suggestion=suggestion, Raised=raisedAt, Due=dueAt")),
            Map.entry(
                    "people",
                    list(
                            "/api/people",
                            "Id=id, Name=name, E-mail=email, Kind=kind, Teams=teams, Organisation=organisation, Left=leftAt")),
            Map.entry(
                    "teams",
                    list(
                            "/api/teams",
                            "Key=key, Name=name, Kind=kind, Lead=lead.name, Members=members.name, Calendar=calendar,"
                                    + " Time zone=timeZone, Mail domain=emailDomain")),
            Map.entry(
                    "processes",
                    list(
                            "/api/processes",
                            "Key=key, Name=name, Prefix=prefix, Version=version, Deployed=deployedAt, Open cases=openCases")),
            Map.entry(
                    "outbox",
                    list("/api/outbox", "Written=at, To=to.name, Address=address, Subject=subject, Case=caseKey")),
            Map.entry(
                    "audit",
                    new ExportLists(
                            "/api/audit",
                            true,
                            "items",
                            columns("When=at, Who=by.name, Acting as=actingAs.name, By a program=program, Act=act,"
                                    + " About=about.name, What=subject, Detail=detail"))),
            Map.entry(
                    "ledger",
                    new ExportLists(
                            "/api/ledger",
                            false,
                            "charges",
                            columns("Party=party.name, Holder=holder.name, Cases=cases, Seconds=elapsed.seconds,"
                                    + " Working seconds=working.seconds, Currency=currency, Cost of work=cost.work,"
                                    + " Cost of the party=cost.party, Cost of waiting=cost.waiting, Cost=cost.total"))),
            Map.entry(
                    "journal",
                    list(
                            "/api/cases/{key}/journal",
                            "Entry=seq, When=at, Who=actor.name, Command=command, What happened=events.text")),
            Map.entry(
                    "steps",
                    list(
                            "/api/cases/{key}/steps",
                            "Step=name, Kind=type, State=state, Held by=holder.name, Party=party.name, Entered=enteredAt,"
                                    + " Left=leftAt")),
            Map.entry(
                    "case-ledger",
                    new ExportLists(
                            "/api/cases/{key}/ledger",
                            false,
                            "charges",
                            columns(
                                    "Holder=holder.name, Party=party.name, Seconds=elapsed.seconds,"
                                            + " Working seconds=working.seconds, Share=share, Cost of work=cost.work,"
                                            + " Cost of the party=cost.party, Cost of waiting=cost.waiting, Cost=cost.total"))));

    private static ExportLists list(String path, String columns) {
        return new ExportLists(path, false, "items", columns(columns));
    }

    private static List<Column> columns(String text) {
        return List.of(text.split(", *")).stream()
                .map(each -> each.split("=", 2))
                .map(parts -> new Column(parts[0], parts[1]))
                .toList();
    }

    /** A text or a number; of several, all of them with commas between. */
    private static @Nullable Object value(JsonNode node, String place) {
        if (node.isArray()) {
            var texts = node.valueStream()
                    .map(each -> value(each, place))
                    .filter(each -> each != null && !each.toString().isEmpty())
                    .map(Object::toString)
                    .toList();
            return texts.isEmpty() ? null : String.join(", ", texts);
        }
        if (place.isEmpty()) {
            return node.isNull() || node.isMissingNode()
                    ? null
                    : node.isNumber()
                            ? (Object) node.numberValue()
                            : node.isBoolean() ? (node.booleanValue() ? "yes" : "no") : node.asString();
        }
        int dot = place.indexOf('.');
        var name = dot < 0 ? place : place.substring(0, dot);
        return value(node.path(name), dot < 0 ? "" : place.substring(dot + 1));
    }
}
