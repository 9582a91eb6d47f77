package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.api.Views.Items;
import io.baton.server.api.Views.PartyRef;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.directory.Directory;
import io.baton.server.insight.SavedViews;
import io.baton.server.insight.SavedViews.Every;
import io.baton.server.insight.SavedViews.View;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Views of the tower that people keep: their own, and those shared with their teams. */
@RestController
final class ViewRoutes {

    private static final int NAME_MAX = 100;
    private static final int QUERY_MAX = 1_000;
    private static final int KEY_MAX = 255;

    private final SavedViews views;
    private final Directory directory;

    ViewRoutes(Node node, Directory directory) {
        this.views = new SavedViews(node.jdbc(), node.transaction(), node.clock());
        this.directory = directory;
    }

    /** {@code page}: tower, cases or ledger; {@code query} is the part of its address after the question mark. {@code digest}: day, week, or null. */
    record SavedView(
            String id,
            String name,
            String page,
            String query,
            @Nullable PersonRef owner,
            @Nullable PartyRef team,
            boolean mine,
            @Nullable String digest) {}

    record ViewBody(
            @Nullable String name,
            @Nullable String page,
            @Nullable String query,
            @Nullable String team) {}

    record DigestBody(@Nullable String every) {}

    @GetMapping("/api/views")
    Items<SavedView> list(Caller caller) {
        var all = views.of(caller.person());
        var names = Names.of(
                directory,
                all.stream().map(View::person).toList(),
                all.stream().map(View::team).toList());
        return new Items<>(all.stream().map(view -> shown(view, names, caller)).toList());
    }

    /** Shared with a team only by who is in it. */
    @PostMapping("/api/views")
    @ResponseStatus(HttpStatus.CREATED)
    SavedView keep(@RequestBody ViewBody body, Caller caller) {
        var input = new Input();
        var name = input.text("name", body.name(), NAME_MAX);
        var query = body.query() == null ? "" : body.query();
        if (query.length() > QUERY_MAX) {
            input.wrong("query", "must have at most " + QUERY_MAX + " characters");
        }
        var team = input.optionalExact("team", body.team(), KEY_MAX);
        if (team != null && !directory.teamsOf(caller.person()).contains(team)) {
            input.wrong("team", "must be a team that you are in");
        }
        var page = input.oneOf("page", SavedViews.Page.class, body.page() == null ? "tower" : body.page());
        input.done();
        var view = new View(UUID.randomUUID(), caller.person(), team, name, page, query, null);
        if (!views.keep(view)) {
            throw ProblemException.invalid("name", "is one too many: you have " + SavedViews.VIEWS_MAX + " views");
        }
        return shown(view, caller);
    }

    @DeleteMapping("/api/views/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id, Caller caller) {
        if (!views.remove(caller.person(), number(id))) {
            throw none();
        }
    }

    /** The digest is sent by the channels that the reader likes. */
    @PutMapping("/api/views/{id}/digest")
    SavedView subscribe(@PathVariable String id, @RequestBody DigestBody body, Caller caller) {
        var every = Input.only(input -> input.oneOf("every", Every.class, body.every()));
        var view = find(id, caller);
        if (view.page() != SavedViews.Page.TOWER) {
            throw ProblemException.invalid("every", "is for views of the tower: the others are lists, not numbers");
        }
        views.subscribe(caller.person(), view.id(), every);
        return shown(find(id, caller), caller);
    }

    @DeleteMapping("/api/views/{id}/digest")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unsubscribe(@PathVariable String id, Caller caller) {
        views.unsubscribe(caller.person(), find(id, caller).id());
    }

    private View find(String id, Caller caller) {
        var view = views.find(caller.person(), number(id));
        if (view == null) {
            throw none();
        }
        return view;
    }

    private static UUID number(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw none();
        }
    }

    private static ProblemException none() {
        return ProblemException.notFound("NoSuchView", "There is no such view, or it is not shared with you.");
    }

    private SavedView shown(View view, Caller caller) {
        return shown(
                view,
                Names.of(directory, List.of(view.person()), java.util.Collections.singletonList(view.team())),
                caller);
    }

    private static SavedView shown(View view, Names names, Caller caller) {
        var every = view.every();
        return new SavedView(
                view.id().toString(),
                view.name(),
                view.page().word(),
                view.query(),
                names.person(view.person()),
                names.party(view.team()),
                view.person().equals(caller.person()),
                every == null ? null : every.name().toLowerCase(Locale.ROOT));
    }
}
