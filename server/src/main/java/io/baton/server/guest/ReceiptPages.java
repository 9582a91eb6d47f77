package io.baton.server.guest;

import io.baton.engine.model.FlowNode.UserTask;
import io.baton.server.guest.Pages.Reader;
import io.baton.server.guest.Views.Fact;
import io.baton.server.processes.Deployments;
import io.baton.server.room.Receipt;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A receipt as its owner reads it, in their language. It is made of the signed file, so that both say the same; names of
 * steps, fields and files are added from what they may see of the case.
 */
final class ReceiptPages {

    private static final String NODES = "select id, process_id, node from step where case_id = ?";
    private static final int HASH_SHOWN = 16;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> VALUES = new TypeReference<>() {};

    private final JdbcClient database;
    private final Deployments deployments;
    private final GuestActs acts;
    private final AppointmentPages appointments;
    private final Clock clock;

    ReceiptPages(JdbcClient database, Deployments deployments, GuestActs acts, Clock clock) {
        this.database = database;
        this.deployments = deployments;
        this.acts = acts;
        this.appointments = new AppointmentPages(acts, clock);
        this.clock = clock;
    }

    /** A task that was done, in its version of its process. */
    private record Asked(int process, UserTask node) {}

    Views.Receipt page(Reader reader, GuestCase seen, Receipt receipt) {
        var words = reader.words();
        var content = receipt.content();
        var telling = new Telling(reader, seen);
        var did = new ArrayList<Views.Did>();
        for (var act : content.path("acts")) {
            did.add(telling.did(act));
        }
        return new Views.Receipt(
                seen.model().name() == null ? seen.model().key() : seen.model().name(),
                seen.key(),
                seen.title(),
                content.path("name").asString(""),
                words.moment(Instant.parse(content.path("issuedAt").asString("")), reader.zone()),
                did,
                content.path("journal").path("entries").asInt(0),
                content.path("journal").path("hash").asString(""),
                receipt.fingerprint(),
                reader.path(seen.row().id(), 0) + "/receipt.json",
                "receipt-" + seen.key() + ".json",
                reader.path() + "?lang=" + words.language());
    }

    /** The acts of one case in the words of one reader. */
    private final class Telling {

        private final Reader reader;
        private final GuestCase seen;
        private final Map<Integer, Asked> asked = new LinkedHashMap<>();
        private final Map<String, String> texts = new LinkedHashMap<>();
        private final Map<String, String> files = new LinkedHashMap<>();

        Telling(Reader reader, GuestCase seen) {
            this.reader = reader;
            this.seen = seen;
            var id = seen.row().id();
            database.sql(NODES).param(id).query(row -> {
                note(row.getInt("id"), row.getInt("process_id"), row.getInt("node"));
            });
            for (var step : seen.state().steps()) {
                if (step.node() != null) {
                    note(step.id(), seen.state().processOf(step), step.node().index());
                }
            }
            acts.conversation(seen, reader.person())
                    .forEach(each -> texts.put(each.said().id().toString(), String.valueOf(each.text())));
            acts.papers()
                    .shared(id, reader.person(), List.of())
                    .forEach(each -> files.put(each.id().toString(), String.valueOf(each.name())));
        }

        private void note(int step, int process, int node) {
            if (deployments.requireModel(process).node(node) instanceof UserTask task) {
                asked.put(step, new Asked(process, task));
            }
        }

        Views.Did did(JsonNode act) {
            var words = reader.words();
            var step = asked.get(act.path("step").asInt(0));
            var key = "guest.receipt.act." + act.path("act").asString("");
            return new Views.Did(
                    words.moment(Instant.parse(act.path("at").asString("")), reader.zone()),
                    words.say(words.knows(key) ? key : "guest.receipt.act"),
                    step == null ? null : step.node().element().label(),
                    facts(act, step),
                    act.path("entry").asInt(0),
                    shortened(act.path("hash").asString("")));
        }

        /** Enough to find it by; the file has all of it. */
        private static String shortened(String hash) {
            return hash.substring(0, Math.min(HASH_SHOWN, hash.length())) + "…";
        }

        private List<Fact> facts(JsonNode act, @Nullable Asked step) {
            var words = reader.words();
            var facts = new ArrayList<Fact>();
            if (act.has("answer") && step != null) {
                facts.addAll(answer(act, step));
            }
            if (act.has("comment")) {
                add(facts, "text", texts.get(act.path("comment").asString("")));
            }
            if (act.has("file")) {
                add(facts, "file", files.get(act.path("file").asString("")));
            }
            if (act.has("date")) {
                add(facts, "date", words.date(Instant.parse(act.path("date").asString("")), reader.zone()));
            }
            if (act.has("minutes")) {
                var from = Instant.parse(act.path("from").asString(""));
                var until = from.plusSeconds(60L * act.path("minutes").asInt(0));
                var zone = appointments.zone(reader, seen, act.path("step").asInt(0));
                add(facts, "time", words.span(from, until, zone));
            }
            add(facts, "reason", act.path("reason").asString(act.path("missing").asString(null)));
            add(facts, "sha256", act.path("sha256").asString(null));
            return facts;
        }

        private void add(List<Fact> facts, String name, @Nullable String value) {
            if (value != null && !value.isEmpty()) {
                facts.add(new Fact(reader.words().say("guest.receipt." + name), value));
            }
        }

        /** With the labels of the form, as it was shown before it was sent. */
        private List<Fact> answer(JsonNode act, Asked step) {
            SequencedMap<String, @Nullable Object> values = JSON.convertValue(act.path("answer"), VALUES);
            var number = act.path("step").asInt(0);
            var mine =
                    acts.papers().mine(seen.row().id(), number, reader.person().id());
            var form = acts.form(step.process(), step.node());
            return new FormView(
                            form,
                            values,
                            Map.of(),
                            new LinkedHashMap<>(),
                            new FormView.Uploads("", List.of(), 0, mine),
                            times(step.node(), number),
                            reader.words(),
                            clock.instant())
                    .summary(new Answers(values, new LinkedHashMap<>()));
        }

        private FormView.Times times(UserTask node, int step) {
            return node.slots() == null
                    ? FormView.Times.NONE
                    : new FormView.Times(
                            Math.toIntExact(node.slots().takes().toMinutes()),
                            List.of(),
                            appointments.zone(reader, seen, step));
        }
    }
}
