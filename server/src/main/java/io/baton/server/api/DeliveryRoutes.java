package io.baton.server.api;

import io.baton.engine.Notice;
import io.baton.server.Node;
import io.baton.server.api.Views.PersonRef;
import io.baton.server.cases.Cases;
import io.baton.server.channel.Channels;
import io.baton.server.channel.Dispatch;
import io.baton.server.directory.Directory;
import io.baton.server.web.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What Baton wrote to people about a case, for its time line. */
@RestController
final class DeliveryRoutes {

    private static final int LIST_MAX = 500;

    private final Channels channels;
    private final Cases cases;
    private final Directory directory;
    private final CaseViews views;

    DeliveryRoutes(Node node, Directory directory, CaseViews views) {
        this.channels = node.channels();
        this.cases = node.cases();
        this.directory = directory;
        this.views = views;
    }

    /**
     * {@code entry} is the entry of the journal that led to it, {@code at} the time of the last attempt, {@code became} what came of
     * that, {@code problem} what the other side said where it was not accepted. {@code to} is null where the process wrote to an address
     * that belongs to nobody known.
     */
    record DeliveryView(
            int entry,
            Instant at,
            @Nullable PersonRef to,
            String channel,
            Notice.Reason why,
            Dispatch.Became became,
            @Nullable String problem) {}

    /** The newest first, at most 500; those of long ago are forgotten. */
    @GetMapping("/api/cases/{key}/deliveries")
    Page<DeliveryView> list(@PathVariable String key) {
        var all = channels.dispatches(views.find(cases, key).id(), LIST_MAX);
        var names = Names.of(directory, all.stream().map(Dispatch::person).toList(), List.of());
        return new Page<>(
                all.stream()
                        .map(each -> new DeliveryView(
                                each.entry(),
                                each.at(),
                                names.person(each.person()),
                                each.channel(),
                                each.why(),
                                each.became(),
                                each.problem()))
                        .toList(),
                null);
    }
}
