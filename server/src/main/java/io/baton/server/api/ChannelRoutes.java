package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.audit.Act;
import io.baton.server.audit.Audit;
import io.baton.server.channel.Channel.Sent;
import io.baton.server.channel.Channels;
import io.baton.server.channel.Channels.Tested;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The ways to reach people, for administrators: what is set up, how it goes, and a test. No secret is told. */
@RestController
final class ChannelRoutes {

    private final Channels channels;
    private final Audit audit;
    private final boolean hasMailServer;

    ChannelRoutes(Node node) {
        this.channels = node.channels();
        this.audit = node.audit();
        this.hasMailServer = node.hasMailServer();
    }

    /** {@code OUTBOX}: mails go to the page of that name, for there is no mail server. */
    enum SetUp {
        ON,
        OUTBOX,
        OFF
    }

    /**
     * {@code preference} is the word by which people ask for it, {@code where} the host that carries it, {@code settings} the
     * names of its variables in the environment: without the first it is off. What went wrong last may be long over: it is so if
     * {@code lastSuccessAt} is later. {@code callback} is the path to which the other side sends what people do there, null where
     * it does not; {@code hears} is whether the secret is set that such a request needs.
     */
    record ChannelView(
            String name,
            String preference,
            SetUp setUp,
            @Nullable String where,
            List<String> settings,
            @Nullable String callback,
            boolean hears,
            @Nullable Instant lastSuccessAt,
            @Nullable Instant lastErrorAt,
            @Nullable String lastError) {}

    record ChannelsView(List<ChannelView> items) {}

    enum Outcome {
        ACCEPTED,
        LATER,
        NEVER,
        DOWN
    }

    /** {@code reason} is what the other side said where it did not accept. */
    record TestView(Outcome outcome, @Nullable String reason) {}

    @GetMapping("/api/channels")
    ChannelsView channels() {
        return new ChannelsView(channels.states().stream().map(this::view).toList());
    }

    private ChannelView view(Channels.State state) {
        var way = state.way();
        var setUp = way.channel() == null
                ? SetUp.OFF
                : way.name().equals("mail") && !hasMailServer ? SetUp.OUTBOX : SetUp.ON;
        return new ChannelView(
                way.name(),
                way.preference(),
                setUp,
                way.where(),
                way.settings(),
                way.hears() == null ? null : "/callbacks/" + way.name(),
                Boolean.TRUE.equals(way.hears()),
                state.succeededAt(),
                state.failedAt(),
                state.failure());
    }

    /** Sends a message to the caller, and tells what the other side said. */
    @PostMapping("/api/channels/{name}/test")
    TestView test(@PathVariable String name, Caller caller) {
        return switch (channels.test(name, caller.person())) {
            case Tested.NoSuchChannel _ ->
                throw ProblemException.notFound("NoSuchChannel", "There is no such channel.");
            case Tested.NotSetUp(var way) ->
                throw ProblemException.of(
                        HttpStatus.CONFLICT,
                        "ChannelOff",
                        "It is not set up: " + way.settings().getFirst() + " is missing.");
            case Tested.NoAddress _ ->
                throw ProblemException.of(
                        HttpStatus.CONFLICT,
                        "NoAddress",
                        "It does not know where to reach you: you have no address there.");
            case Tested.Sent(var sent) -> {
                var view = view(sent);
                audit.within(() -> {
                    audit.add(
                            caller.who(),
                            Act.CHANNEL_TESTED,
                            Audit.What.subject(name).with(view.outcome().name()));
                    return view;
                });
                yield view;
            }
        };
    }

    private static TestView view(Sent sent) {
        return switch (sent) {
            case Sent.Accepted _ -> new TestView(Outcome.ACCEPTED, null);
            case Sent.Later(var reason) -> new TestView(Outcome.LATER, reason);
            case Sent.Never(var reason) -> new TestView(Outcome.NEVER, reason);
            case Sent.Down down -> new TestView(Outcome.DOWN, down.reason());
        };
    }
}
