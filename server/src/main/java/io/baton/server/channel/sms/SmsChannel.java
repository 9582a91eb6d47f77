package io.baton.server.channel.sms;

import io.baton.server.channel.Channel;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.channel.Posted;
import io.baton.server.directory.Addresses;
import io.baton.server.directory.Person;
import io.baton.server.outbound.Outbound;
import java.time.Clock;
import java.util.Optional;

/** Text messages: what is asked, in a line, and the link. Who wrote STOP gets none. */
public final class SmsChannel implements Channel {

    public static final String NAME = "sms";

    private final SmsRequest request;
    private final Outbound outbound;
    private final Addresses addresses;
    private final Clock clock;

    public SmsChannel(String url, ChannelSettings settings, Outbound outbound, Addresses addresses, Clock clock) {
        this.request = SmsRequest.of(url, settings);
        this.outbound = outbound;
        this.addresses = addresses;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> address(Person person) {
        return addresses.of(person.id(), NAME);
    }

    @Override
    public Line open() {
        return new Line() {
            @Override
            public Sent send(Message message) {
                var call = request.call(
                        message.address(), text(message), message.id().text());
                return Posted.sent(outbound.send(call), "The SMS provider", clock);
            }

            @Override
            public void close() {}
        };
    }

    /** A letter without a button is a code, and its first paragraph all there is to say. */
    private static String text(Message message) {
        var letter = message.letter();
        return letter.button() == null
                ? SmsText.of(letter.organisation() + ": " + String.join(" ", letter.paragraphs()), "")
                        .strip()
                : SmsText.of(
                        letter.organisation() + ": " + letter.subject(),
                        message.link().get());
    }
}
