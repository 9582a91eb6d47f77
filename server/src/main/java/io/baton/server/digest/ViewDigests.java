package io.baton.server.digest;

import io.baton.server.cases.CaseRow;
import io.baton.server.cases.Cases;
import io.baton.server.channel.Channel.Sent;
import io.baton.server.channel.Channels;
import io.baton.server.channel.Letter;
import io.baton.server.channel.ViewLetter;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.insight.CaseFilter;
import io.baton.server.insight.Headline;
import io.baton.server.insight.Insight;
import io.baton.server.insight.Needs;
import io.baton.server.insight.Period;
import io.baton.server.insight.Reading.Tower;
import io.baton.server.insight.SavedViews;
import io.baton.server.insight.SavedViews.Every;
import io.baton.server.insight.SavedViews.Subscription;
import io.baton.server.insight.SavedViews.View;
import io.baton.server.pumps.Pump;
import io.baton.server.session.Secret;
import io.baton.server.words.Words;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends a view with its numbers and what of it needs its reader, in the morning of their working day. Each has a transaction
 * of its own, so a node that dies in between sends it again, under the same Message-ID.
 */
public final class ViewDigests implements Pump.Work {

    private static final Logger log = LoggerFactory.getLogger(ViewDigests.class);

    /** Of what needs the reader. */
    private static final int NEEDS_MAX = 10;

    private static final int DAYS_DEFAULT = 7;

    private static final Duration EVERY = Duration.ofMinutes(1);

    /** After a channel did not take it. */
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

    /** From one weekly digest to the earliest moment of the next, whose morning then counts. */
    private static final Duration WEEK = Duration.ofDays(6).plusHours(12);

    private static final int MARK_BYTES = 8;

    private final SavedViews views;
    private final Insight insight;
    private final Cases cases;
    private final Directory directory;
    private final Channels channels;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public ViewDigests(
            SavedViews views,
            Insight insight,
            Cases cases,
            Directory directory,
            Channels channels,
            TransactionTemplate transaction,
            Clock clock) {
        this.views = views;
        this.insight = insight;
        this.cases = cases;
        this.directory = directory;
        this.channels = channels;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public Duration tick() {
        var due = new AtomicReference<@Nullable Subscription>();
        try {
            transaction.executeWithoutResult(_ -> views.lockDue().ifPresent(found -> {
                due.set(found);
                handle(found);
            }));
        } catch (RuntimeException e) {
            putOff(due.get(), e);
        }
        return due.get() == null ? EVERY : Duration.ZERO;
    }

    /** Or nobody behind it would get a digest any more. */
    private void putOff(@Nullable Subscription failed, RuntimeException why) {
        if (failed == null) {
            throw why;
        }
        log.warn("the view {} for {} cannot be sent; it is tried again", failed.view(), failed.person(), why);
        transaction.executeWithoutResult(_ -> views.next(failed, clock.instant().plus(AGAIN_AFTER)));
    }

    private void handle(Subscription subscription) {
        var person = directory.find(subscription.person()).filter(Person::isPresent);
        var view = views.find(subscription.person(), subscription.view());
        if (person.isEmpty() || view == null) {
            views.unsubscribe(subscription.person(), subscription.view()); // left, or no longer in the team
            return;
        }
        var now = clock.instant();
        var at = subscription.at();
        if (at == null) {
            views.next(subscription, channels.morning(person.get(), now));
            return;
        }
        var sent = channels.sendView(person.get(), letter(person.get(), view, subscription.every(), at));
        boolean again = sent.filter(each -> each instanceof Sent.Later || each instanceof Sent.Down)
                .isPresent();
        if (sent.filter(each -> each instanceof Sent.Accepted).isEmpty()) {
            log.warn(
                    "the view '{}' did not reach {}: {}; {}",
                    view.name(),
                    subscription.person(),
                    sent.map(Object::toString).orElse("there is no channel to them"),
                    again ? "it is tried again" : "the next one is tried");
        }
        var after = subscription.every() == Every.WEEK ? at.plus(WEEK) : now;
        views.next(
                subscription,
                again ? now.plus(AGAIN_AFTER) : channels.morning(person.get(), after.isAfter(now) ? after : now));
    }

    private ViewLetter letter(Person to, View view, Every every, Instant at) {
        var words = Words.of(to.profile().locale());
        var asked = parameters(view.query());
        var filter = CaseFilter.of(
                asked.get("process"),
                "me".equals(asked.get("owner")) ? to.id() : asked.get("owner"),
                asked.get("party"),
                asked.get("variable"),
                asked.get("value"));
        var reader = new Needs.Reader(to.id(), new LinkedHashSet<>(directory.ledBy(to.id())), to.admin());
        return insight.ask(reading -> {
            var tower = reading.tower(filter, new Period(reading.now(), days(asked.get("days"))), reader, NEEDS_MAX, 1);
            var headline = tower.headline();
            return new ViewLetter(
                    view.id(),
                    every.word(),
                    mark(view, to, at),
                    words.say("view.digest.subject", view.name(), headline.open(), headline.overdue()),
                    words.say("view.digest.lead", view.name()),
                    facts(tower, reading.knowsClosed(filter), words),
                    items(tower.needs(), words),
                    view.query().isEmpty() ? "/tower" : "/tower?" + view.query());
        });
    }

    private static String mark(View view, Person to, Instant at) {
        var hash = Secret.hash(view.id() + " " + to.id() + " " + at);
        return HexFormat.of().formatHex(hash, 0, MARK_BYTES);
    }

    /** As in the address of the tower. */
    private static Map<String, String> parameters(String query) {
        var parameters = new HashMap<String, String>();
        for (var part : query.split("&", -1)) {
            int is = part.indexOf('=');
            if (is > 0 && is < part.length() - 1) {
                parameters.put(part.substring(0, is), decoded(part.substring(is + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text; // somebody wrote the address by hand
        }
    }

    private static int days(@Nullable String days) {
        return days != null && days.matches("\\d{1,3}")
                ? Math.clamp(Integer.parseInt(days), 1, Period.DAYS_MAX)
                : DAYS_DEFAULT;
    }

    // What it says

    private static List<Letter.Fact> facts(Tower tower, boolean knowsClosed, Words words) {
        var headline = tower.headline();
        var facts = new ArrayList<Letter.Fact>();
        facts.add(fact(words, "open", usually(words, headline.open(), headline.openUsual())));
        facts.add(fact(words, "overdue", usually(words, headline.overdue(), headline.overdueUsual())));
        facts.add(fact(words, "at-risk", Long.toString(headline.atRisk())));
        facts.add(fact(words, "orphaned", Long.toString(headline.orphaned())));
        if (knowsClosed) {
            facts.addAll(done(headline, words));
            var changes = tower.changes();
            facts.add(fact(
                    words,
                    "news",
                    words.say(
                            "view.digest.news.value",
                            changes.started(),
                            changes.completed(),
                            changes.overdue(),
                            changes.incidents())));
        }
        return facts;
    }

    private static List<Letter.Fact> done(Headline headline, Words words) {
        var done = headline.done();
        var facts = new ArrayList<Letter.Fact>();
        if (done.withDue() > 0) {
            facts.add(fact(words, "on-time", Math.round(100.0 * done.onTime() / done.withDue()) + " %"));
        }
        facts.add(new Letter.Fact(
                words.say("view.digest.completed", headline.period().days()), Long.toString(done.completed())));
        if (done.median() != null) {
            var days = Math.round(done.median().toMinutes() / 144.0) / 10.0; // a day has 1,440 minutes
            facts.add(fact(words, "median", words.say("view.digest.days", days)));
        }
        return facts;
    }

    private static Letter.Fact fact(Words words, String name, String value) {
        return new Letter.Fact(words.say("view.digest." + name), value);
    }

    private static String usually(Words words, long count, @Nullable Double usual) {
        return usual == null
                ? Long.toString(count)
                : words.say("view.digest.usual", count, Math.round(10 * usual) / 10.0);
    }

    private List<Letter.Item> items(List<Needs> needs, Words words) {
        var rows = cases.among(needs.stream().map(Needs::caseId).toList(), null).stream()
                .collect(Collectors.toMap(CaseRow::id, Function.identity()));
        var names = directory.names(needs.stream().map(Needs::holder).collect(Collectors.toSet()));
        var items = new ArrayList<Letter.Item>();
        for (var need : needs) {
            var row = rows.get(need.caseId());
            if (row != null) {
                var holder = names.get(need.holder());
                var title = cases.key(row.id(), row.process()) + (row.title() == null ? "" : " " + row.title());
                var detail = words.say("view.digest.why." + need.why().name())
                        + (holder == null ? "" : ", " + words.say("view.digest.held", holder.name()));
                items.add(new Letter.Item(
                        title, detail, need.due() != null && need.due().isBefore(clock.instant())));
            }
        }
        return items;
    }
}
