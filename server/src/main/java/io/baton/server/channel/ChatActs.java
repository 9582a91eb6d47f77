package io.baton.server.channel;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.server.answers.Answerable;
import io.baton.server.answers.Scope;
import io.baton.server.answers.ShortAnswers;
import io.baton.server.answers.ShortAnswers.Done;
import io.baton.server.cases.Cases;
import io.baton.server.commit.Answer;
import io.baton.server.directory.Person;
import io.baton.server.replies.Act;
import io.baton.server.replies.Asked;
import io.baton.server.replies.Replies;
import io.baton.server.replies.Reply;
import io.baton.server.words.Words;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * What members do in chat, by a button or in words: about what waits for them, and nobody else. What is understood in words is
 * what a reply by mail understands, and is done by the same acts. Everything is answered in a line, in their language.
 */
public final class ChatActs {

    /** A line is short; what is longer is said elsewhere. */
    public static final int LINE_CHARACTERS_MAX = 1_000;

    /** Before the words of the languages: they say the same as the buttons, whatever the step asks for. */
    private static final Pattern OFFER = Pattern.compile(
            "(?<act>accept|decline)(?![\\p{L}\\d])[\\s:,.–-]*(?<why>.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final int REASON_CHARACTERS_MAX = 500;

    private final Cases cases;
    private final ShortAnswers answers;
    private final Links links;

    public ChatActs(Cases cases, ShortAnswers answers, Links links) {
        this.cases = cases;
        this.answers = answers;
        this.links = links;
    }

    /** Where a member finds the step in the web app: several may read it, so it holds no secret. */
    public interface Links {
        String to(Person person, long caseId, int step);
    }

    /** How whoever got this message may answer in words, said to {@code listener}; empty where they cannot. */
    public static Optional<String> hint(Channel.Message message, String listener) {
        var letter = message.letter();
        return hint(letter.words(), message.answerable().get(), listener, letter.about() + "." + message.step());
    }

    private static Optional<String> hint(Words words, Answerable answerable, String listener, String reference) {
        return switch (answerable) {
            case NOTHING -> Optional.empty();
            case OFFER -> Optional.of(words.say("chat.hint.offer", listener, reference));
            case DECISION -> Optional.of(words.say("chat.hint.decision", listener, reference));
            case TASK -> Optional.of(words.say("chat.hint.task", listener, reference));
        };
    }

    // By a button

    /** {@code name} is {@code CASE.STEP}. */
    public String accept(Person by, String name) {
        return offered(by, name).map(scope -> accept(by, scope)).orElseGet(() -> notAsked(by));
    }

    public String decline(Person by, String name, String reason) {
        return offered(by, name).map(scope -> decline(by, scope, reason)).orElseGet(() -> notAsked(by));
    }

    private Optional<Scope> offered(Person by, String name) {
        return Reference.in(name)
                .filter(found -> found.step() > 0 && found.sentences().equals(List.of("")))
                .map(found -> new Scope(by.id(), found.caseId(), found.step()));
    }

    private static String notAsked(Person by) {
        return words(by).say("chat.not-asked");
    }

    private static Words words(Person person) {
        return Words.of(person.profile().locale());
    }

    private String accept(Person by, Scope scope) {
        return take(by, scope, Command.ClaimTask::new, "chat.accepted");
    }

    private String decline(Person by, Scope scope, String reason) {
        var why = reason.strip();
        if (why.isEmpty() && isOffered(scope)) {
            return words(by).say("chat.why");
        }
        var cut = why.length() <= REASON_CHARACTERS_MAX ? why : why.substring(0, REASON_CHARACTERS_MAX) + "…";
        return take(by, scope, step -> new Command.DeclineTask(step, cut), "chat.declined");
    }

    private String take(Person by, Scope scope, IntFunction<Command> command, String done) {
        if (!isOffered(scope)) {
            return notAsked(by);
        }
        return switch (cases.perform(scope.caseId(), command.apply(scope.step()), Actor.person(by.id()), null)) {
            case Answer.Done _ -> words(by).say(done);
            case Answer.Refused refused -> words(by).say("chat.refused", refused.message());
            case Answer.KeyReused _ -> words(by).say("chat.twice");
        };
    }

    private boolean isOffered(Scope scope) {
        return cases.find(scope.caseId())
                .map(row -> cases.state(row).step(scope.step()))
                .map(step -> step.task() == null ? null : step.task().offer())
                .filter(offer -> scope.person().equals(offer.person()))
                .isPresent();
    }

    // In words

    /** Does what a line says, and answers it. {@code listener} is how Baton is spoken to there, such as {@code @Baton}. */
    public String hear(Person by, String line, String listener) {
        var found =
                line.length() > LINE_CHARACTERS_MAX ? null : Reference.in(line).orElse(null);
        if (found == null) {
            return words(by).say("chat.how", listener);
        }
        var steps = steps(by, found);
        if (steps.size() > 1) {
            return words(by)
                    .say(
                            "chat.which",
                            String.join(
                                    ", ",
                                    steps.stream()
                                            .map(step -> found.key() + "." + step)
                                            .toList()));
        }
        return steps.isEmpty()
                ? notAsked(by)
                : hear(by, new Scope(by.id(), found.caseId(), steps.getFirst()), found, listener);
    }

    /** The step that was named, or all of the case that wait for the person. */
    private List<Integer> steps(Person by, Reference found) {
        var row = cases.find(found.caseId()).orElse(null);
        if (row == null
                || (found.key() != null && !found.key().equalsIgnoreCase(cases.key(found.caseId(), row.process())))) {
            return List.of();
        }
        return found.step() > 0 ? List.of(found.step()) : waiting(by.id(), found.caseId());
    }

    /** Of the case, what waits for the person. */
    private List<Integer> waiting(String person, long caseId) {
        return cases.find(caseId).map(cases::state).stream()
                .flatMap(state -> state.steps().stream())
                .map(step -> step.id())
                .filter(step -> answers.answerable(new Scope(person, caseId, step)) != Answerable.NOTHING)
                .toList();
    }

    private String hear(Person by, Scope scope, Reference found, String listener) {
        var offer = OFFER.matcher(found.sentences().getFirst());
        if (offer.matches()) {
            return offer.group("act").equalsIgnoreCase("accept")
                    ? accept(by, scope)
                    : decline(by, scope, offer.group("why"));
        }
        var asked = asked(by, scope);
        var reply = found.sentences().stream()
                .map(sentence -> Replies.understand(sentence, by.name(), asked))
                .filter(understood -> understood.act() != null)
                .findFirst();
        return reply.map(understood -> perform(by, scope, understood, listener))
                .orElseGet(() -> notUnderstood(by, scope, listener));
    }

    /** "I accept" to a question that has not been taken yet could mean either, and so it means neither. */
    private Asked asked(Person by, Scope scope) {
        var asked = answers.asked(scope, by);
        if (!asked.possible().contains(Act.APPROVE) || !isOffered(scope)) {
            return asked;
        }
        var possible = EnumSet.copyOf(asked.possible());
        possible.add(Act.ACCEPT);
        return new Asked(possible, asked.due(), asked.now(), asked.zone(), asked.languages(), asked.wanted());
    }

    private String perform(Person by, Scope scope, Reply reply, String listener) {
        var words = words(by);
        return switch (answers.perform(scope, reply, "in chat", null)) {
            case Done.Performed done -> performed(words, scope, done, listener);
            case Done.ByLink _ -> words.say("chat.by-link", links.to(by, scope.caseId(), scope.step()));
            case Done.NotTheirs _ -> notAsked(by);
            case Done.NotPossible(var why) -> words.say("chat.refused", why);
        };
    }

    private String performed(Words words, Scope scope, Done.Performed done, String listener) {
        var day = done.day();
        var said = new ArrayList<String>();
        said.add(words.say("acknowledged." + done.word(), day == null ? "" : words.date(day)));
        if (done.undoUntil() != null) {
            var until = words.moment(done.undoUntil(), answers.zone(scope.person()));
            said.add(words.say("chat.undo", until, listener + " undo " + name(scope)));
        }
        var next = waiting(scope.person(), scope.caseId()).stream()
                .filter(step -> step != scope.step())
                .map(step -> name(new Scope(scope.person(), scope.caseId(), step)))
                .toList();
        if (!next.isEmpty()) {
            // Who does one step in the web app sees the next there, and so is not written to about it.
            said.add(words.say("chat.next", String.join(", ", next)));
        }
        return String.join(" ", said);
    }

    private String notUnderstood(Person by, Scope scope, String listener) {
        var words = words(by);
        return hint(words, answers.answerable(scope), listener, name(scope))
                .map(hint -> words.say("chat.not-understood", hint, links.to(by, scope.caseId(), scope.step())))
                .orElseGet(() -> notAsked(by));
    }

    /** {@code PAY-1042.7}. */
    private String name(Scope scope) {
        var row = cases.find(scope.caseId()).orElseThrow();
        return cases.key(scope.caseId(), row.process()) + "." + scope.step();
    }
}
