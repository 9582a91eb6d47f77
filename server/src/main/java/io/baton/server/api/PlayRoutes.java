package io.baton.server.api;

import io.baton.engine.Roster;
import io.baton.server.Node;
import io.baton.server.directory.Directory;
import io.baton.server.play.Plays;
import io.baton.server.processes.Deployments;
import io.baton.server.processes.Draft;
import io.baton.server.processes.RefusedDeployment;
import io.baton.server.processes.Sources;
import io.baton.server.session.Caller;
import io.baton.server.web.ProblemException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * A draft, tried. Who asks sends its files and all that has been done so far, each time: the server keeps nothing, so
 * undoing an act is to leave it out, and a changed draft is played anew.
 */
@RestController
final class PlayRoutes {

    /** Plays at once; others wait a little, then are told to come again. */
    private static final int AT_ONCE = 2;

    private static final int WAIT_SECONDS_MAX = 10;

    private final Deployments deployments;
    private final Directory directory;
    private final Supplier<Roster> roster;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    PlayRoutes(Node node, Directory directory) {
        this.deployments = node.deployments();
        this.directory = directory;
        this.roster = node.rosters()::current;
        this.clock = node.clock();
    }

    /** Plays a case of the first process of these files; nothing is deployed, written or sent, and no job is run. */
    @PostMapping(value = "/api/processes/play", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    PlayView play(@RequestParam("file") List<MultipartFile> uploads, @RequestPart("play") PlayBody body, Caller caller)
            throws IOException, InterruptedException {
        var files = DesignRoutes.files(uploads);
        var today = clock.instant();
        var acts = body.read(caller.person(), today);
        if (!places.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw ProblemException.of(
                    HttpStatus.SERVICE_UNAVAILABLE, "TooManyPlays", "Others are trying drafts just now. Try again.");
        }
        try {
            var draft = new Draft(Sources.of(files), deployments);
            return new PlayViews(draft, directory, caller).view(Plays.play(draft, roster.get(), today, acts), today);
        } catch (RefusedDeployment e) {
            return PlayViews.unplayable(DesignRoutes.problems(e), today);
        } finally {
            places.release();
        }
    }
}
