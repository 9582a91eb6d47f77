package io.baton.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.server.TestProcess;
import io.baton.server.commit.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Random histories with comments, files, openings and erasures: they verify clean, and nobody reads anything outside its
 * audience. What each may see is counted here a second time, in another way than {@link Reader} decides it.
 */
class CaseRoomPropertyTest {

    private static final long SEED = Long.getLong("seed", 20_261_125L);
    private static final int ACTS = 400;

    private static final Rooms ROOMS = new Rooms();

    private final Random random = new Random(SEED);
    private final Map<String, String> contacts = new LinkedHashMap<>();
    private final List<Long> cases = new ArrayList<>();
    private final List<Thing> things = new ArrayList<>();

    private record Thing(long caseId, UUID id, boolean file, Set<String> readers) {}

    @AfterAll
    static void close() {
        ROOMS.close();
    }

    @Test
    void nobodyReadsAnythingOutsideItsAudienceAndAllVerifies() {
        for (int i = 0; i < 6; i++) {
            var organisation = "Org" + i % 3;
            contacts.put(ROOMS.contact("Contact " + i, organisation), organisation);
        }
        for (int i = 0; i < 4; i++) {
            cases.add(ROOMS.start(TestProcess.twoTasks()));
        }
        for (int i = 0; i < ACTS; i++) {
            act();
        }

        assertThat(ROOMS.verify()).as("seed %d", SEED).isEmpty();
        assertThat(things).extracting(Thing::file).contains(true, false);
        contacts.forEach((person, organisation) -> seesExactly(Reader.contact(person, organisation)));
        seesExactly(Reader.contact("p9999", null));
        seesExactly(Reader.member(ROOMS.ada));
    }

    private void act() {
        long id = one(cases);
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> say(id);
            case 4, 5, 6 -> attach(id);
            case 7 -> erase();
            case 8 ->
                things.stream()
                        .filter(Thing::file)
                        .skip(random.nextInt(10))
                        .findFirst()
                        .ifPresent(file -> ROOMS.node.files().open(file.caseId(), 0, file.id(), reader(someone())));
            default ->
                ROOMS.node.tasks().ofCase(id).stream().findFirst().ifPresent(task -> {
                    var complete = new Command.CompleteTask(task.step(), new LinkedHashMap<>());
                    var _ = ROOMS.node.cases().perform(id, complete, Actor.person(ROOMS.ada), null);
                });
        }
    }

    private void say(long id) {
        var author = someone();
        var audience = audience();
        var posted = ROOMS.node
                .comments()
                .post(id, 0, author, "words " + random.nextInt(), audience, random.nextBoolean(), null);
        assertThat(posted.answer()).isInstanceOf(Answer.Done.class);
        things.add(new Thing(id, posted.id(), false, readers(author, audience)));
    }

    private void attach(long id) {
        var by = someone();
        var audience = audience();
        var file = ROOMS.node.files().attach(id, 0, by, "a.txt", Rooms.bytes("bytes " + random.nextInt()), audience);
        things.add(new Thing(id, file.id(), true, readers(by, audience)));
    }

    private void erase() {
        if (!things.isEmpty()) {
            var thing = one(things);
            var by = Actor.person(ROOMS.ada);
            assertThat(
                            thing.file()
                                    ? ROOMS.node.files().erase(thing.caseId(), thing.id(), by)
                                    : ROOMS.node.comments().erase(thing.caseId(), thing.id(), by))
                    .isTrue();
        }
    }

    private Audience audience() {
        var parties = new LinkedHashSet<String>();
        for (int i = random.nextInt(3); i > 0; i--) {
            parties.add(random.nextBoolean() ? one(List.copyOf(contacts.keySet())) : "@Org" + random.nextInt(3));
        }
        return new Audience(List.copyOf(parties));
    }

    private Set<String> readers(String author, Audience audience) {
        var readers = new LinkedHashSet<String>(List.of(author));
        readers.add(ROOMS.ada);
        for (var party : audience.parties()) {
            if (party.startsWith("@")) {
                contacts.forEach((person, organisation) -> {
                    if (party.equals("@" + organisation)) {
                        readers.add(person);
                    }
                });
            } else {
                readers.add(party);
            }
        }
        return readers;
    }

    private void seesExactly(Reader reader) {
        for (long id : cases) {
            var mine = things.stream()
                    .filter(thing -> thing.caseId() == id && thing.readers().contains(reader.person()))
                    .toList();
            assertThat(ROOMS.node.comments().list(id, reader))
                    .as("comments of %d for %s, seed %d", id, reader, SEED)
                    .extracting(comment -> comment.said().id())
                    .containsExactlyElementsOf(mine.stream()
                            .filter(thing -> !thing.file())
                            .map(Thing::id)
                            .toList());
            assertThat(ROOMS.node.files().list(id, reader))
                    .as("files of %d for %s, seed %d", id, reader, SEED)
                    .extracting(Files.Attachment::id)
                    .containsExactlyElementsOf(
                            mine.stream().filter(Thing::file).map(Thing::id).toList());
        }
        things.stream()
                .filter(thing -> thing.file() && !thing.readers().contains(reader.person()))
                .forEach(thing -> assertThat(ROOMS.node.files().open(thing.caseId(), 0, thing.id(), reader))
                        .as("bytes of %s for %s, seed %d", thing, reader, SEED)
                        .isEmpty());
    }

    private String someone() {
        var people = new ArrayList<>(contacts.keySet());
        people.add(ROOMS.ada);
        return one(people);
    }

    private Reader reader(String person) {
        return contacts.containsKey(person) ? Reader.contact(person, contacts.get(person)) : Reader.member(person);
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
