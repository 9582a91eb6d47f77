package io.baton.server.channel;

import io.baton.server.answers.Answerable;
import io.baton.server.channel.Channel.Message;
import io.baton.server.channel.Channel.Sent;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.guest.KnownAddress;
import io.baton.server.session.Secret;
import io.baton.server.words.Words;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What somebody waits for while they look at a page: a code, a new link, a test. It goes once and at once, is in no journal,
 * and is not tried again, for they can ask for another one.
 */
final class SendAtOnce implements KnownAddress {

    private static final Logger LOG = LoggerFactory.getLogger(SendAtOnce.class);
    private static final int MARK_BYTES = 8;

    private final Reach reach;
    private final Directory directory;
    private final Clock clock;

    SendAtOnce(Reach reach, Directory directory, Clock clock) {
        this.reach = reach;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public void sendLink(Person to, long caseId, int step) {
        var words = Words.of(to.profile().locale());
        var organisation = directory.brand().name();
        var letter = letter(
                to,
                "",
                words.say("guest.mail.link.subject", organisation),
                words.say("guest.mail.link.lead", organisation),
                words.say("button.contact"),
                words.say("link.alone"));
        send(to, caseId, step, letter, null);
    }

    @Override
    public void sendCode(Person to, String about, String code) {
        var words = Words.of(to.profile().locale());
        var letter = letter(
                to,
                about,
                words.say("guest.mail.code.subject", about),
                words.say("guest.mail.code.lead", code),
                null,
                words.say("guest.mail.code.alone"));
        send(to, 0, 0, letter, clock.instant().plus(CODE_AGE_MAX));
    }

    /** By this very channel, whatever they prefer. */
    Sent sendTest(Person to, Channel channel, String address) {
        var words = Words.of(to.profile().locale());
        var organisation = directory.brand().name();
        var letter = letter(
                to,
                "",
                words.say("channel.test.subject", organisation),
                words.say("channel.test.lead", channel.name()),
                words.say("button.member"),
                "");
        return send(to, channel, address, new Content(0, 0, letter, null));
    }

    /** What somebody asked to be sent regularly; {@code leave} makes a link by which they want no more of it. */
    Sent sendView(Person to, Channel channel, ViewLetter view, Supplier<String> leave) {
        var words = Words.of(to.profile().locale());
        var organisation = directory.brand().name();
        var letter = new Letter(
                words,
                organisation,
                "",
                view.subject(),
                words.say("greeting", to.name()),
                List.of(view.lead()),
                view.facts(),
                view.items(),
                words.say("view.digest.button"),
                List.of(),
                words.say("view.digest.footer", organisation),
                null);
        var message = new Message(
                new MessageId(0, 0, 0, view.mark()),
                0,
                channel.address(to).orElseThrow(),
                to,
                letter,
                () -> reach.at(view.path()),
                false,
                () -> Answerable.NOTHING,
                null,
                leave);
        try (var line = channel.open()) {
            return line.send(message);
        }
    }

    private Letter letter(Person to, String about, String subject, String lead, @Nullable String button, String note) {
        var words = Words.of(to.profile().locale());
        var organisation = directory.brand().name();
        return new Letter(
                words,
                organisation,
                about,
                subject,
                words.say("greeting", to.name()),
                List.of(lead),
                List.of(),
                List.of(),
                button,
                note.isEmpty() ? List.of() : List.of(note),
                words.say("guest.mail.footer", organisation),
                null);
    }

    private record Content(
            long caseId, int step, Letter letter, @Nullable Instant forgetAt) {}

    private void send(Person to, long caseId, int step, Letter letter, @Nullable Instant forgetAt) {
        var channel = reach.choose(to, List.of(), Set.of());
        if (channel == null) {
            LOG.warn("Nothing can be sent to {}: there is no channel to them; they have to ask the owner", to.id());
            return;
        }
        var address = channel.address(to).orElseThrow();
        if (!(send(to, channel, address, new Content(caseId, step, letter, forgetAt)) instanceof Sent.Accepted)) {
            LOG.warn("A message to {} was not taken by {}; they can ask for it again", to.id(), channel.name());
        }
    }

    private Sent send(Person to, Channel channel, String address, Content content) {
        // No entry of a journal has the number 0.
        var mark = HexFormat.of().formatHex(Secret.hash(Secret.fresh()), 0, MARK_BYTES);
        var message = new Message(
                new MessageId(content.caseId(), 0, 0, mark),
                content.step(),
                address,
                to,
                content.letter(),
                () -> content.caseId() == 0 ? reach.linkToAll(to) : reach.link(to, content.caseId(), content.step()),
                false,
                () -> Answerable.NOTHING,
                content.forgetAt(),
                null);
        try (var line = channel.open()) {
            return line.send(message);
        }
    }
}
