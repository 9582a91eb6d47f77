package io.baton.server.api;

import io.baton.server.Node;
import io.baton.server.live.Change;
import io.baton.server.live.News;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What changed, as server-sent events (HTML Living Standard §9.2): one stream for each window that is looked at. */
@RestController
final class LiveRoutes {

    /** So often something is sent, that the stream is known to be alive. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** Then the browser asks again, and whether it still may is decided anew. */
    private static final Duration LIFE_MAX = Duration.ofMinutes(10);

    /** How long a browser waits before it asks again. */
    private static final int RETRY_MS = 2_000;

    private final News news;

    LiveRoutes(Node node) {
        this.news = node.news();
    }

    @GetMapping(value = "/api/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary = "Which cases change, as they change",
            description =
                    "Events named `changed`. Their data is `{\"everything\": boolean, \"company\": boolean, \"cases\": "
                            + "[number, …]}`: the numbers of the cases that changed since the event before, or that there "
                            + "are too many to name, and whether people, teams, rules or processes did.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    void watch(Caller caller, HttpServletResponse response) throws IOException {
        try (var watcher = news.watch(caller.person())
                .orElseThrow(() -> ProblemException.of(
                        HttpStatus.TOO_MANY_REQUESTS, "TooManyWatchers", "Too many windows are open already."))) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            send(response, "retry: " + RETRY_MS + "\n\n");
            var end = System.nanoTime() + LIFE_MAX.toNanos();
            while (!watcher.isOver() && System.nanoTime() < end) {
                send(response, watcher.await(HEARTBEAT).map(LiveRoutes::event).orElse(": still here\n\n"));
            }
        }
    }

    private static String event(Change change) {
        var cases = change.cases().stream().map(String::valueOf).collect(Collectors.joining(","));
        return "event: changed\ndata: {\"everything\":" + change.everything() + ",\"company\":" + change.company()
                + ",\"cases\":[" + cases + "]}\n\n";
    }

    private static void send(HttpServletResponse response, String text) throws IOException {
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }

    /** Before the server waits for its last requests. */
    @EventListener
    void stop(ContextClosedEvent closed) {
        news.endWatching();
    }
}
