package io.baton.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Case;
import io.baton.server.CrewNode;
import io.baton.server.Node;
import io.baton.server.cases.CaseRow;
import io.baton.server.commit.Committer;
import io.baton.server.verify.RandomHistory;
import io.baton.server.verify.Verify;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Over a random history, a search finds exactly the cases that looking through all of them by hand finds. */
class SearchTest {

    private static final long SEED = Long.getLong("seed", 20_261_126L);
    private static final CrewNode CREW = new CrewNode();
    private static final Node NODE = CREW.node();
    private static final Committer COMMITTER = CREW.committer();

    private static final SearchQuery.Meanings NOTHING_ELSE = new SearchQuery.Meanings() {
        @Override
        public Collection<String> processes(String beginning) {
            return List.of();
        }

        @Override
        public Collection<String> people(String beginning) {
            return List.of(beginning);
        }

        @Override
        public Collection<String> parties(String beginning) {
            return List.of();
        }
    };

    @AfterAll
    static void close() {
        CREW.close();
    }

    private static Set<Long> found(String text) {
        var query = SearchQuery.of(text, NOTHING_ELSE);
        return NODE.insight().search(query, 100_000, (_, found) -> new TreeSet<>(found.cases()));
    }

    private static List<CaseRow> all() {
        return NODE.jdbc().sql("select id from cases").query((row, _) -> row.getLong(1)).list().stream()
                .map(id -> NODE.cases().find(id).orElseThrow())
                .toList();
    }

    /** Text of each case by hand: every value of its variables, its title; of open ones what the steps show. */
    private static List<String> texts(CaseRow row, Case state) {
        var texts = new ArrayList<String>();
        collect(state.variables().values(), texts);
        if (state.title() != null) {
            texts.add(state.title());
        }
        for (var step : state.steps()) {
            if (row.open().stream().anyMatch(open -> open.step() == step.id())) {
                collect(state.visible(step).values(), texts);
                texts.add(step.node() == null ? "" : step.node().element().label());
            }
        }
        return texts;
    }

    private static void collect(@Nullable Object value, List<String> texts) {
        switch (value) {
            case null -> {}
            case Collection<?> many -> many.forEach(each -> collect(each, texts));
            case Map<?, ?> map -> collect(map.values(), texts);
            case Boolean _ -> {}
            case BigDecimal number -> texts.add(number.stripTrailingZeros().toPlainString());
            default -> texts.add(value.toString());
        }
    }

    @Test
    void findsWhatLookingThroughAllCasesFinds() throws IOException {
        new RandomHistory(NODE, COMMITTER, SEED).commands(900);
        while (!NODE.finishedWords().catchUp()) {
            // until all are there
        }
        var random = new Random(SEED);
        var rows = all();
        assertThat(rows).anyMatch(row -> row.status() != Case.Status.OPEN);
        var words = new ArrayList<String>();
        for (var row : rows) {
            texts(row, NODE.cases().state(row)).forEach(text -> words.addAll(SearchWords.in(text)));
        }
        assertThat(words).isNotEmpty();
        for (int i = 0; i < 60; i++) {
            var word = words.get(random.nextInt(words.size()));
            var beginning = word.substring(0, 1 + random.nextInt(word.length()));
            var byHand = new TreeSet<Long>();
            for (var row : rows) {
                var state = NODE.cases().state(row);
                if (texts(row, state).stream().anyMatch(text -> SearchQuery.named(text, beginning))) {
                    byHand.add(row.id());
                }
            }
            assertThat(found(beginning)).as("seed %d, '%s'", SEED, beginning).containsAll(byHand);
            var surplus = new TreeSet<>(found(beginning));
            surplus.removeAll(byHand);
            assertThat(surplus)
                    .as("seed %d, '%s' is nobody's", SEED, beginning)
                    .allSatisfy(id -> assertThat(people(id)).contains(beginning));
        }
    }

    /** Who has to do with the case: its owner, who has a step, who had one. */
    private static Set<String> people(long id) {
        var people = new TreeSet<>(NODE.jdbc()
                .sql("select holder from step where case_id = ? and holder is not null")
                .param(id)
                .query(String.class)
                .list());
        var row = NODE.cases().find(id).orElseThrow();
        people.add(row.owner());
        row.open().forEach(step -> people.add(step.holder()));
        for (var task : NODE.tasks().ofCase(id)) {
            Stream.of(task.offeredPerson(), task.holder())
                    .filter(Objects::nonNull)
                    .forEach(people::add);
        }
        return people;
    }

    @Test
    void verifyNamesAFinishedCaseWhoseWordsWereChangedOrAreMissing() throws IOException {
        new RandomHistory(NODE, COMMITTER, SEED + 1).commands(300);
        while (!NODE.finishedWords().catchUp()) {
            // until all are there
        }
        assertThat(verify()).isEmpty();
        var id = NODE.jdbc()
                .sql("select max(case_id) from finished_words")
                .query(Long.class)
                .single();
        NODE.jdbc()
                .sql(
                        "update finished_words set words = words || array_to_tsvector(array['0|foreign']) where case_id = ?")
                .param(id)
                .update();
        assertThat(verify()).singleElement().asString().startsWith("case " + id + ": finished words");
        NODE.jdbc()
                .sql("delete from finished_words where case_id = ?")
                .param(id)
                .update();
        assertThat(verify()).singleElement().asString().startsWith("case " + id + ": finished words");
        NODE.jdbc()
                .sql("update finished_words_progress set snapshot = null, filled = 0, done = false")
                .update();
        while (!NODE.finishedWords().catchUp()) {
            // from the beginning
        }
        assertThat(verify()).isEmpty();
    }

    private static List<String> verify() {
        return new Verify(NODE.jdbc(), NODE.transaction(), NODE.deployments())
                .run(_ -> {})
                .first();
    }
}
