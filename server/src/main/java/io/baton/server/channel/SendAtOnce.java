package io.baton.server.channel;

import io.baton.server.channel.Channel.Message;
import io.baton.server.channel.Channel.Sent;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.guest.KnownAddress;
import io.baton.server.session.Secret;
import io.baton.server.words.Words;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What somebody waits for while they look at a page: a code, a new link. It goes once and at once, is in no journal, and
 * is not tried again, for they can ask for another one.
 */
final class SendAtOnce implements KnownAddress {

    private static final Logger LOG = LoggerFactory.getLogger(SendAtOnce.class);
    private static final int MARK_BYTES = 8;

    private final Reach reach;
    private final Directory directory;

    SendAtOnce(Reach reach, Directory directory) {
        this.reach = reach;
        this.directory = directory;
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
                words.say("button.contact"));
        send(to, caseId, step, letter);
    }

    @Override
    public void sendCode(Person to, String about, String code) {
        var words = Words.of(to.profile().locale());
        send(
                to,
                0,
                0,
                letter(
                        to,
                        about,
                        words.say("guest.mail.code.subject", about),
                        words.say("guest.mail.code.lead", code),
                        null));
    }

    private Letter letter(Person to, String about, String subject, String lead, @Nullable String button) {
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
                List.of(words.say(button == null ? "guest.mail.code.alone" : "link.alone")),
                words.say("guest.mail.footer", organisation),
                null);
    }

    private void send(Person to, long caseId, int step, Letter letter) {
        var channel = reach.choose(to, Set.of());
        if (channel == null) {
            LOG.warn("Nothing can be sent to {}: there is no channel to them; they have to ask the owner", to.id());
            return;
        }
        // No entry of a journal has the number 0.
        var id = new MessageId(caseId, 0, 0, HexFormat.of().formatHex(Secret.hash(Secret.fresh()), 0, MARK_BYTES));
        var message = new Message(
                id, step, channel.address(to).orElseThrow(), to, letter, () -> reach.link(to, caseId, step));
        try (var line = channel.open()) {
            if (!(line.send(message) instanceof Sent.Accepted)) {
                LOG.warn("A message to {} was not taken by {}; they can ask for it again", to.id(), channel.name());
            }
        }
    }
}
