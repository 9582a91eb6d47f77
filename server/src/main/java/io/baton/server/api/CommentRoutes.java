package io.baton.server.api;

import io.baton.engine.model.ProcessModel;
import io.baton.server.Node;
import io.baton.server.api.Views.CommentView;
import io.baton.server.api.Views.ConversationView;
import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Request.Idempotency;
import io.baton.server.directory.Directory;
import io.baton.server.journal.Entry;
import io.baton.server.journal.Journal;
import io.baton.server.processes.Deployments;
import io.baton.server.room.Audience;
import io.baton.server.room.Comments;
import io.baton.server.room.Comments.Comment;
import io.baton.server.room.Reader;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The conversation about a case over HTTP, for members: they see all of it. */
@RestController
final class CommentRoutes {

    private final Comments comments;
    private final Cases cases;
    private final Journal journal;
    private final Deployments deployments;
    private final Directory directory;
    private final CaseViews views;

    CommentRoutes(Node node, Directory directory, CaseViews views) {
        this.comments = node.comments();
        this.cases = node.cases();
        this.journal = node.journal();
        this.deployments = node.deployments();
        this.directory = directory;
        this.views = views;
    }

    /** {@code audience} empty or missing: internal. {@code step} is the id of a task or step; without one it is about the case. */
    record CommentBody(
            @Nullable String text,
            @Nullable String step,
            @Nullable List<String> audience,
            @Nullable Boolean question) {}

    @GetMapping("/api/cases/{key}/comments")
    ConversationView list(@PathVariable String key, Caller caller) {
        var row = views.find(cases, key);
        var entries = journal.all(row.id());
        var list = comments.list(row.id(), Reader.member(caller.person()));
        return new ConversationView(
                views(row, entries, list),
                Outsiders.takingPart(directory, entries).all());
    }

    @PostMapping("/api/cases/{key}/comments")
    @ResponseStatus(HttpStatus.CREATED)
    CommentView post(
            @PathVariable String key, @RequestBody CommentBody body, Caller caller, @Nullable Idempotency idempotency) {
        var row = views.find(cases, key);
        var input = new Input();
        var text = input.text("text", body.text(), Comments.TEXT_CHARACTERS_MAX);
        var step = Input.orNull(body.step()) == null
                ? 0
                : Input.id("Step", String.valueOf(body.step())).number();
        var audience =
                body.audience() == null ? Audience.INTERNAL : Outsiders.audience(input, directory, body.audience());
        input.done();
        var posted = comments.post(
                row.id(), step, caller.person(), text, audience, Boolean.TRUE.equals(body.question()), idempotency);
        var _ = ProblemException.done(posted.answer());
        var comment = comments.find(row.id(), posted.id(), Reader.member(caller.person()))
                .orElseThrow(() -> noSuchComment(posted.id().toString()));
        return views(row, journal.all(row.id()), List.of(comment)).getFirst();
    }

    /** For good: what was said is gone, that something was said stays. */
    @DeleteMapping("/api/cases/{key}/comments/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void erase(@PathVariable String key, @PathVariable String id, Caller caller) {
        if (!comments.erase(views.find(cases, key).id(), uuid(id), caller.actor())) {
            throw noSuchComment(id);
        }
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException _) {
            throw noSuchComment("like this");
        }
    }

    private static ProblemException noSuchComment(String id) {
        return ProblemException.notFound("NoSuchComment", "There is no comment " + id + " about this case.");
    }

    private List<CommentView> views(CaseRow row, List<Entry> entries, List<Comment> list) {
        var said = list.stream().map(Comment::said).toList();
        var named = said.stream()
                .flatMap(each -> Stream.concat(Stream.of(each.author()), each.audience().stream()))
                .toList();
        var outsiders = Outsiders.of(directory, named);
        var names = Names.of(
                directory,
                said.stream()
                        .flatMap(each -> Stream.of(each.author(), String.valueOf(each.asked())))
                        .toList(),
                List.of());
        var model = deployments.requireModel(row.process());
        var nodes = StepNodes.of(entries);
        return list.stream()
                .map(comment -> view(row, comment, names, outsiders, model, nodes))
                .toList();
    }

    private static CommentView view(
            CaseRow row, Comment comment, Names names, Outsiders outsiders, ProcessModel model, StepNodes nodes) {
        var said = comment.said();
        return new CommentView(
                said.id().toString(),
                said.step() == 0 ? null : row.id() + "." + said.step(),
                nodes.label(said.step(), model),
                said.at(),
                names.person(said.author()),
                comment.text(),
                outsiders.isOutside(said.author()) || said.audience().stream().anyMatch(outsiders::isOutside),
                outsiders.isOutside(said.author()),
                outsiders.refs(said.audience()),
                names.person(said.asked()),
                said.erasedBy() != null);
    }
}
