package io.baton.server.room;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Refusal;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Answer;
import io.baton.server.commit.Request;
import io.baton.server.journal.Journal;
import io.baton.server.pumps.Pump;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The conversation about a case. A comment is internal, or shared with parties that are named. The text is written first,
 * then the command; what a crash leaves between the two, {@link #tick} puts right.
 */
public final class Comments implements Pump.Work {

    public static final int TEXT_CHARACTERS_MAX = 10_000;

    /** In one case: a mail loop must not fill the database. */
    public static final int COMMENTS_MAX = 5_000;

    /** Longer than any command takes: then its node is gone. */
    static final Duration SETTLED_AFTER = Duration.ofMinutes(10);

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int AT_ONCE_MAX = 100;

    private static final String WRITE = """
            insert into comment_text (id, case_id, text, state, at) values (?, ?, ?, 0, ?) on conflict (id) do nothing""";

    private static final String TEXTS = "select id, text from comment_text where id = any(?)";

    private static final String UNSETTLED = """
            select id, case_id, state from comment_text where state <> 1 and at < ? order by at limit ?""";

    private final JdbcClient database;
    private final Cases cases;
    private final Journal journal;
    private final Clock clock;

    public Comments(JdbcClient database, Cases cases, Journal journal, Clock clock) {
        this.database = database;
        this.cases = cases;
        this.journal = journal;
        this.clock = clock;
    }

    /** {@code text} is null once it is erased. */
    public record Comment(Room.Said said, @Nullable String text) {}

    /** {@code id} names the comment if the answer says that it is done. */
    public record Posted(UUID id, Answer answer) {}

    // Writing

    /** About the step, or the case as a whole (0). The text is not blank and has at most so many characters. */
    public Posted post(long caseId, int step, String author, String text, Audience audience) {
        return post(caseId, step, author, text, audience, false, null);
    }

    /** A question goes to whoever has the step, who is told. */
    public Posted ask(long caseId, int step, String author, String text, Audience audience) {
        return post(caseId, step, author, text, audience, true, null);
    }

    /** The same comment again with the same key is the first one. */
    public Posted post(
            long caseId,
            int step,
            String author,
            String text,
            Audience audience,
            boolean question,
            Request.@Nullable Idempotency key) {
        return post(caseId, step, Actor.person(author), text, audience, question, key);
    }

    /** Of a part of the system too, which tells what somebody wrote of whom it is not known who they are. */
    public Posted post(
            long caseId,
            int step,
            Actor author,
            String text,
            Audience audience,
            boolean question,
            Request.@Nullable Idempotency key) {
        if (text.isBlank() || text.length() > TEXT_CHARACTERS_MAX) {
            throw new IllegalArgumentException("a comment has 1 to " + TEXT_CHARACTERS_MAX + " characters");
        }
        var id = key == null ? UUID.randomUUID() : key.key();
        if (count(caseId) >= COMMENTS_MAX) {
            return new Posted(
                    id,
                    new Answer.Refused(
                            Refusal.TOO_LARGE, "the case has " + COMMENTS_MAX + " comments, which is all it may have"));
        }
        database.sql(WRITE)
                .param(id)
                .param(caseId)
                .param(text)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        var command = new Command.PostComment(step, id.toString(), Digests.of(text), audience.parties(), question);
        var answer = cases.perform(caseId, command, author, key);
        switch (answer) {
            case Answer.Done done when done.events().isEmpty() -> settle(new Unsettled(id, caseId, false));
            case Answer.Done _ -> keep(id);
            case Answer.Refused _, Answer.KeyReused _ ->
                database.sql("delete from comment_text where id = ? and state = 0")
                        .param(id)
                        .update();
        }
        return new Posted(id, answer);
    }

    private void keep(UUID id) {
        database.sql("update comment_text set state = 1 where id = ? and state = 0")
                .param(id)
                .update();
    }

    private int count(long caseId) {
        return database.sql("select count(*) from comment_text where case_id = ?")
                .param(caseId)
                .query(Integer.class)
                .single();
    }

    /** The text is gone; that it was there, and who erased it, stays in the journal. False where there is no such comment. */
    public boolean erase(long caseId, UUID id, Actor by) {
        var said = room(caseId).comment(id);
        if (said == null) {
            return false;
        }
        if (said.erasedBy() == null) {
            database.sql("update comment_text set state = 2 where id = ?")
                    .param(id)
                    .update();
            if (!(cases.perform(caseId, new Command.EraseComment(id.toString()), by, null) instanceof Answer.Done)) {
                throw new IllegalStateException("a comment cannot be erased that the journal has");
            }
        }
        database.sql("delete from comment_text where id = ?").param(id).update();
        return true;
    }

    // Reading

    /** What this reader may see, oldest first. */
    public List<Comment> list(long caseId, Reader reader) {
        var visible = room(caseId).comments().stream()
                .filter(said -> reader.sees(said.author(), said.audience()))
                .toList();
        var texts = texts(visible.stream()
                .filter(said -> said.erasedBy() == null)
                .map(Room.Said::id)
                .toList());
        return visible.stream()
                .map(said -> new Comment(said, texts.get(said.id())))
                .toList();
    }

    public Optional<Comment> find(long caseId, UUID id, Reader reader) {
        return list(caseId, reader).stream()
                .filter(comment -> comment.said().id().equals(id))
                .findFirst();
    }

    /** What a delivery is about that this entry of the journal led to, as its recipient may see it. */
    public Optional<Comment> ofEntry(long caseId, int entry, Reader recipient) {
        return list(caseId, recipient).stream()
                .filter(comment -> comment.said().seq() == entry)
                .findFirst();
    }

    private Map<UUID, String> texts(List<UUID> ids) {
        var texts = new LinkedHashMap<UUID, String>();
        if (!ids.isEmpty()) {
            database.sql(TEXTS).param(ids.toArray(UUID[]::new)).query(row -> {
                texts.put(row.getObject("id", UUID.class), row.getString("text"));
            });
        }
        return texts;
    }

    private Room room(long caseId) {
        return cases.find(caseId).map(row -> Room.of(journal.all(caseId))).orElseGet(Room::new);
    }

    // Putting right

    private record Unsettled(UUID id, long caseId, boolean erasing) {}

    /** A text that the journal knows nothing of was never said; an erasure that was begun is finished. */
    @Override
    public Duration tick() {
        var rows = database.sql(UNSETTLED)
                .param(clock.instant().minus(SETTLED_AFTER).atOffset(ZoneOffset.UTC))
                .param(AT_ONCE_MAX)
                .query((row, _) -> new Unsettled(
                        row.getObject("id", UUID.class), row.getLong("case_id"), row.getInt("state") == 2))
                .list();
        rows.forEach(this::settle);
        return rows.size() == AT_ONCE_MAX ? Duration.ZERO : PAUSE;
    }

    private void settle(Unsettled row) {
        var said = room(row.caseId()).comment(row.id());
        if (said == null) {
            database.sql("delete from comment_text where id = ?")
                    .param(row.id())
                    .update();
        } else if (row.erasing() || said.erasedBy() != null) {
            var _ = erase(row.caseId(), row.id(), Actor.system("retention"));
        } else {
            keep(row.id());
        }
    }
}
