package io.baton.server.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The lists that can be had as a file: from which route, in which columns. A column is its heading and where its value stands
 * in an item of the route's answer. Who may have a list is who may ask its route.
 *
 * @param path {@code {key}} in it is the key of a case or a process, which the query then has to have
 * @param items where the items stand in the answer; lists of lists are one after the other
 */
record ExportLists(String path, String items, List<Column> columns) {

    record Column(String heading, String place) {

        @Nullable
        Object of(JsonNode item) {
            return value(item, place);
        }
    }

    private static final String INCIDENT =
            "Kind=kind, Severity=severity, Case=caseKey, Title=caseTitle, Step=name, What=message, Held by=holder.name,"
                    + " Suggestion=suggestion, Raised=raisedAt, Due=dueAt";

    private static final String COST =
            "Cost of work=cost.work, Cost of the party=cost.party," + " Cost of waiting=cost.waiting, Cost=cost.total";

    private static final String SUM =
            "Cases=cases, Seconds=elapsed.seconds, Working seconds=working.seconds," + " Currency=currency, " + COST;

    static final Map<String, ExportLists> ALL = all();

    private static Map<String, ExportLists> all() {
        var lists = new LinkedHashMap<String, ExportLists>();
        work(lists);
        ofOneCase(lists);
        processes(lists);
        tower(lists);
        company(lists);
        administration(lists);
        return Collections.unmodifiableMap(lists);
    }

    private static void work(Map<String, ExportLists> lists) {
        add(
                lists,
                "cases",
                "/api/cases",
                "items",
                "Case=key, Title=title, Process=process.name, Version=process.version, State=state, Owner=owner.name,"
                        + " Stands at=openSteps.name, Held by=openSteps.holder.name, Party=openSteps.party.name,"
                        + " Started=startedAt, Due=dueAt, Overdue=overdue, Changed=changedAt, Ended=endedAt,"
                        + " Incidents=incidents, Paused=paused");
        add(
                lists,
                "tasks",
                "/api/tasks",
                "items",
                "Task=name, Case=caseKey, Title=caseTitle, Process=process.name, Party=party.name, Held by=holder.name,"
                        + " Claimed by=claimedBy.name, Offered to=offeredTo.name, Open since=openedAt, Due=dueAt,"
                        + " Overdue=overdue, Accept by=acceptBy, Promised=promisedAt, Blocked by=blockedBy.name");
        add(
                lists,
                "done",
                "/api/tasks/done",
                "items",
                "Task=name, Case=caseKey, Title=caseTitle, Process=process.name, Given=enteredAt, Done=doneAt, Due=dueAt,"
                        + " On time=onTime, Answer=answer, Case is=caseState");
        add(lists, "incidents", "/api/incidents", "items", INCIDENT);
        add(lists, "ledger", "/api/ledger", "charges", "Party=party.name, Holder=holder.name, " + SUM);
        add(lists, "ledger-parties", "/api/ledger", "parties", "Party=party.name, " + SUM);
        add(lists, "ledger-processes", "/api/ledger", "processes", "Process=process.name, " + SUM);
        add(
                lists,
                "ledger-cases",
                "/api/ledger/cases",
                "items",
                "Case=key, Title=title, Process=process.name, Owner=owner.name, Ended=endedAt, Seconds=elapsed.seconds,"
                        + " Working seconds=working.seconds, Currency=currency, Cost=cost.total");
    }

    private static void ofOneCase(Map<String, ExportLists> lists) {
        add(
                lists,
                "journal",
                "/api/cases/{key}/journal",
                "items",
                "Entry=seq, When=at, Who=actor.name, Command=command, What happened=events.text");
        add(
                lists,
                "steps",
                "/api/cases/{key}/steps",
                "items",
                "Step=name, Kind=type, State=state, Held by=holder.name, Party=party.name, Entered=enteredAt, Left=leftAt");
        add(
                lists,
                "case-ledger",
                "/api/cases/{key}/ledger",
                "charges",
                "Holder=holder.name, Party=party.name, Seconds=elapsed.seconds, Working seconds=working.seconds,"
                        + " Share=share, " + COST);
        add(lists, "case-incidents", "/api/cases/{key}/incidents", "items", INCIDENT);
        add(
                lists,
                "comments",
                "/api/cases/{key}/comments",
                "items",
                "When=at, Who=author.name, Text=text, About=stepName, Seen outside=outside, Asks=asked.name, Erased=erased");
        add(
                lists,
                "files",
                "/api/cases/{key}/files",
                "items",
                "Name=name, Kind=type, Bytes=size, Attached=at, By=by.name, About=stepName, Seen outside=outside,"
                        + " Opened by=opened.person.name, Signed by=signed.person.name, SHA-256=digest, Erased=erased");
        add(
                lists,
                "guest-links",
                "/api/cases/{key}/guest-links",
                "items",
                "Person=person.name, Only to look=lookOnly, Made=createdAt, Expires=expiresAt, Closed=revokedAt,"
                        + " Last used=lastUsedAt");
        add(lists, "variables", "/api/cases/{key}/variables", "scopes", "Of step=name, Variables=variables");
    }

    private static void processes(Map<String, ExportLists> lists) {
        add(
                lists,
                "processes",
                "/api/processes",
                "items",
                "Key=key, Name=name, Prefix=prefix, Version=version, Deployed=deployedAt, Open cases=openCases");
        add(
                lists,
                "versions",
                "/api/processes/{key}",
                "versions",
                "Version=version, Published=deployedAt, By=deployedBy.name");
        add(
                lists,
                "version-figures",
                "/api/processes/{key}/figures",
                "versions",
                "Version=version, Open=open.count, Completed=completed.count, On time=onTime, Late=late.count,"
                        + " Median seconds=median.seconds, 85th percentile seconds=p85.seconds,"
                        + " First time right=firstTimeRight, Reworked=reworked.count");
        add(
                lists,
                "step-figures",
                "/api/processes/{key}/figures",
                "usual",
                "Step=node, Done=n, Median seconds=median.seconds, 85th percentile seconds=p85.seconds, Counted=countedAt");
        add(
                lists,
                "weeks",
                "/api/processes/{key}/figures",
                "weeks",
                "Since=since, Before=before, Completed=completed.count, Late=late.count");
    }

    /** As narrowed as the tower is. */
    private static void tower(Map<String, ExportLists> lists) {
        add(
                lists,
                "needs",
                "/api/tower",
                "needsYou",
                "Case=caseKey, Title=caseTitle, Process=process.name, Why=why, Suggestion=suggestion, Step=step,"
                        + " Held by=holder.name, Since=since, Due=due");
        var court = "Cases=count, Steps=steps, Oldest=oldest, Held seconds=held.seconds";
        add(lists, "courts-of-parties", "/api/tower", "parties", "Party=party.name, " + court);
        add(lists, "courts-of-people", "/api/tower", "people", "Person=person.name, " + court);
        add(lists, "loads-of-people", "/api/tower", "personLoads", "Person=person.name, Tasks=count, Usual=usual");
        add(lists, "loads-of-teams", "/api/tower", "teamLoads", "Team=team.name, Tasks=count, Usual=usual");
        add(
                lists,
                "incident-kinds",
                "/api/tower",
                "incidents",
                "Kind=kind, Severity=severity, Open=count, Late=late.count, Oldest=oldest");
        add(
                lists,
                "waiting-costs",
                "/api/tower",
                "waiting",
                "Currency=currency, Cases=count, Cost a day=perDay, Cost so far=soFar");
        add(
                lists,
                "ageing",
                "/api/tower/ageing",
                "columns",
                "Where=name, Cases=count, Over the median=overP50.count, Over the 85th percentile=overP85.count,"
                        + " Over the 95th percentile=overP95.count, Oldest=oldest");
        add(lists, "views", "/api/views", "items", "Name=name, By=owner.name, Team=team.name, Digest=digest");
    }

    private static void company(Map<String, ExportLists> lists) {
        add(
                lists,
                "people",
                "/api/people",
                "items",
                "Id=id, Name=name, E-mail=email, Kind=kind, Teams=teams, Organisation=organisation, Left=leftAt");
        add(
                lists,
                "teams",
                "/api/teams",
                "items",
                "Key=key, Name=name, Kind=kind, Lead=lead.name, Members=members.name, Calendar=calendar,"
                        + " Time zone=timeZone, Mail domain=emailDomain");
        add(
                lists,
                "policies",
                "/api/policies",
                "items",
                "Key=key, Version=version, Since=createdAt, By=createdBy.name, Accept within=policy.acceptBy,"
                        + " Working time=policy.workingTime, Reminders=policy.reminders.when, Told after=policy.ladder.after,"
                        + " Told=policy.ladder.to, Given on after=policy.atEnd.after, Given on to=policy.atEnd.reassign");
        add(
                lists,
                "calendars",
                "/api/calendars",
                "items",
                "Key=key, Name=name, Time zone=zone, Monday=hours.monday, Tuesday=hours.tuesday, Wednesday=hours.wednesday,"
                        + " Thursday=hours.thursday, Friday=hours.friday, Saturday=hours.saturday, Sunday=hours.sunday,"
                        + " Country=country, Region=region, Exceptions=exceptions.date");
    }

    private static void administration(Map<String, ExportLists> lists) {
        add(
                lists,
                "outbox",
                "/api/outbox",
                "items",
                "Written=at, To=to.name, Address=address, Subject=subject, Case=caseKey");
        add(
                lists,
                "audit",
                "/api/audit",
                "items",
                "When=at, Who=by.name, Acting as=actingAs.name, By a program=program, Act=act, About=about.name,"
                        + " What=subject, Detail=detail");
        add(lists, "tokens", "/api/tokens", "items", "Name=name, Made=createdAt, Expires=expiresAt");
        add(
                lists,
                "all-tokens",
                "/api/connections/tokens",
                "items",
                "Name=name, Person=person.name, Administrator=admin, Made=createdAt, Expires=expiresAt");
        add(
                lists,
                "kept-mails",
                "/api/kept-mails",
                "items",
                "Came=receivedAt, From=from, To=recipient, Subject=subject, Bytes=bytes, Why it is here=problem");
        add(
                lists,
                "channels",
                "/api/channels",
                "items",
                "Channel=name, Set up=setUp, Where=where, Last taken=lastSuccessAt, Last failed=lastErrorAt, Why=lastError");
        add(lists, "workers", "/api/connections", "workers", "Worker=worker, Types=types, Seen=at, Taken=taken");
        add(
                lists,
                "job-types",
                "/api/connections",
                "jobTypes",
                "Type=type, Open=open, With a worker=leased, Failed=failed, Oldest=oldest");
        add(lists, "queues", "/api/health", "queues", "Queue=queue, Waiting=waiting, Oldest=oldest");
        add(
                lists,
                "loops",
                "/api/health",
                "nodes.loops",
                "Loop=name, Working=working, Seconds=seconds, Failures=failures, Why=failure");
        add(lists, "tables", "/api/health", "database.tables", "Table=name, Bytes=bytes, Rows=rows");
    }

    private static void add(Map<String, ExportLists> lists, String name, String path, String items, String columns) {
        var read = Stream.of(columns.split(", *"))
                .map(each -> each.split("=", 2))
                .map(parts -> new Column(parts[0], parts[1]))
                .toList();
        if (lists.put(name, new ExportLists(path, items, read)) != null) {
            throw new IllegalStateException("there are two lists called " + name);
        }
    }

    List<JsonNode> itemsOf(JsonNode answer) {
        List<JsonNode> nodes = List.of(answer);
        for (var name : items.split("\\.")) {
            var inside = new ArrayList<JsonNode>();
            for (var node : nodes) {
                var child = node.path(name);
                if (child.isArray()) {
                    child.valueStream().forEach(inside::add);
                } else if (!child.isMissingNode()) {
                    inside.add(child);
                }
            }
            nodes = inside;
        }
        return nodes;
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
            return scalar(node);
        }
        int dot = place.indexOf('.');
        var name = dot < 0 ? place : place.substring(0, dot);
        return value(node.path(name), dot < 0 ? "" : place.substring(dot + 1));
    }

    private static @Nullable Object scalar(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue() ? "yes" : "no";
        }
        return node.isObject() ? node.toString() : node.asString();
    }
}
