package io.baton.server.guest;

import io.baton.engine.Step;
import io.baton.server.guest.Answers.Problem;
import io.baton.server.guest.Pages.Reader;
import io.baton.server.guest.Views.Input;
import io.baton.server.guest.Views.Sheet;
import io.baton.server.room.Files;
import io.baton.server.words.Words;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The files on a page: what is to be opened or signed, what is shared, and signing itself. */
final class Sheets {

    private final GuestActs acts;
    private final Openings openings;

    Sheets(GuestActs acts, Openings openings) {
        this.acts = acts;
        this.openings = openings;
    }

    /** What is to be opened or signed before the answer. */
    List<Sheet> papers(
            Reader reader, GuestCase seen, Step step, List<Files.Asked> asked, SequencedMap<String, Problem> problems) {
        var words = reader.words();
        var opened = opened(reader, seen, step);
        return asked.stream()
                .map(each -> {
                    var id = "paper-" + each.file().id();
                    var isOpened =
                            each.paper().opened() || opened.contains(each.file().id());
                    var problem = problems.get(id);
                    return sheet(
                            reader,
                            seen,
                            step.id(),
                            each.file(),
                            words.say(
                                    each.paper().signed()
                                            ? "guest.paper.signed"
                                            : isOpened
                                                    ? "guest.paper.opened"
                                                    : each.paper().toSign() ? "guest.paper.sign" : "guest.paper.open"),
                            isOpened || each.paper().signed(),
                            problem == null
                                    ? null
                                    : words.say(
                                            "guest.wrong." + problem.why().name(), String.valueOf(problem.limit())));
                })
                .toList();
    }

    /** What this browser was given at the step. */
    Set<UUID> opened(Reader reader, GuestCase seen, Step step) {
        return reader.cookie() == null
                ? Set.of()
                : openings.of(reader.link(), reader.cookie(), seen.row().id(), step.id());
    }

    List<Sheet> files(Reader reader, GuestCase seen, int step, List<Files.Asked> asked) {
        return acts.papers().shared(seen.row().id(), reader.person(), asked).stream()
                .map(file -> sheet(reader, seen, step, file, null, false, null))
                .toList();
    }

    private Sheet sheet(
            Reader reader,
            GuestCase seen,
            int step,
            Files.Attachment file,
            @Nullable String ask,
            boolean done,
            @Nullable String error) {
        var words = reader.words();
        var mine = file.attached().by().equals(reader.person().id());
        var at = words.date(file.attached().at(), reader.zone());
        return new Sheet(
                "paper-" + file.id(),
                reader.path(seen.row().id(), step) + "/files/" + file.id(),
                String.valueOf(file.name()),
                words.size(file.attached().size()) + " · "
                        + (mine ? words.say("guest.paper.yours", at) : words.say("guest.paper.from", at)),
                ask,
                done,
                error);
    }

    static Views.@Nullable Signing signing(
            Words words,
            List<Files.Asked> asked,
            Map<String, List<String>> sent,
            SequencedMap<String, Problem> problems) {
        if (asked.stream()
                .noneMatch(each -> each.paper().toSign() && !each.paper().signed())) {
            return null;
        }
        var name = problems.get(Papers.NAME);
        var drawing = problems.get(Papers.DRAWING);
        return new Views.Signing(
                new Input(
                        Papers.NAME,
                        "sign-name",
                        "text",
                        words.say("guest.sign.name"),
                        words.say("guest.sign.hint"),
                        true,
                        false,
                        Pages.first(sent, Papers.NAME),
                        List.of(),
                        name == null
                                ? null
                                : words.say("guest.wrong." + name.why().name(), String.valueOf(name.limit())),
                        null),
                Pages.first(sent, Papers.DRAWING),
                drawing == null
                        ? null
                        : words.say("guest.wrong." + drawing.why().name()));
    }
}
