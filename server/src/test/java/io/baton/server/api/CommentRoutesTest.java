package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Notice;
import io.baton.server.Node;
import io.baton.server.directory.Person;
import io.baton.server.room.Reader;
import io.baton.server.verify.Verify;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The conversation about a case: who may see what, what erasing leaves, and what a crash leaves. */
class CommentRoutesTest {

    private static final Company COMPANY = new Company();
    private static final Node NODE = COMPANY.server.bean(Node.class);
    private static final String VERA = contact("Vera", "vera@acme.example", "ACME");
    private static final String WALT = contact("Walt", "walt@other.example", "Other");

    private final String key = start();

    private static String contact(String name, String email, String organisation) {
        return COMPANY.server
                .directory()
                .add(Person.contact(name, email, organisation))
                .orElseThrow();
    }

    private static String start() {
        COMPANY.deploy(Company.salesTask());
        return COMPANY.start("sales-task", Map.of());
    }

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    @Test
    void aCommentIsInternalUnlessSomebodyIsNamed() {
        post(Map.of("text", " Only for us ")).expect(201);
        post(Map.of("text", "For Vera", "audience", List.of(VERA))).expect(201);
        post(Map.of("text", "For ACME", "audience", List.of("@ACME"))).expect(201);

        assertThat(list().get("items"))
                .extracting(comment -> comment.get("text").asString())
                .containsExactly("Only for us", "For Vera", "For ACME");
        assertThat(list().get("items"))
                .extracting(comment -> comment.get("outside").asBoolean())
                .containsExactly(false, true, true);
        assertThat(seenBy(Reader.contact(VERA, "ACME"))).containsExactly("For Vera", "For ACME");
        assertThat(seenBy(Reader.contact("p999", "ACME"))).containsExactly("For ACME");
        assertThat(seenBy(Reader.contact(WALT, "Other"))).isEmpty();
        assertThat(seenBy(Reader.contact(WALT, null))).isEmpty();
        assertThat(list().get("parties").toString())
                .contains("\"name\":\"Vera\"", "\"name\":\"ACME\"")
                .doesNotContain("Walt");
    }

    @Test
    void aQuestionAboutAStepGoesToItsHolderAndWaitsToBeDelivered() {
        var task = COMPANY.task(key);
        COMPANY.bobClient.post("/api/tasks/" + task + "/claim", Map.of()).expect(200);

        var question = post(Map.of("text", "Why?", "step", task, "question", true, "audience", List.of(VERA)))
                .expect(201)
                .json();

        assertThat(question.at("/asked/id").asString()).isEqualTo(COMPANY.bob);
        assertThat(question.get("stepName").asString()).isEqualTo("Call back");
        var told = NODE.jdbc()
                .sql("select entry, recipient from delivery where case_id = ? and kind = ? order by nr")
                .param(id())
                .param(List.of(Notice.Reason.values()).indexOf(Notice.Reason.COMMENT) + 1)
                .query((row, _) -> Map.entry(row.getString("recipient"), row.getInt("entry")))
                .list();
        assertThat(told).extracting(Map.Entry::getKey).containsExactly(COMPANY.bob, VERA);
        int entry = told.getLast().getValue();
        assertThat(NODE.comments().ofEntry(id(), entry, Reader.contact(VERA, "ACME")))
                .hasValueSatisfying(comment -> assertThat(comment.text()).isEqualTo("Why?"));
        assertThat(NODE.comments().ofEntry(id(), entry, Reader.contact(WALT, "Other")))
                .isEmpty();
        assertClean();
    }

    @Test
    void anAdministratorErasesATextForGoodAndTheJournalStillVerifies() {
        var secret = "My number is secret";
        var id = post(Map.of("text", secret)).expect(201).json().get("id").asString();
        COMPANY.adaClient.delete(path() + "/" + id).expectProblem(403, "NotAllowed");
        COMPANY.chief.delete(path() + "/" + UUID.randomUUID()).expectProblem(404, "NoSuchComment");
        COMPANY.chief.delete(path() + "/nonsense").expectProblem(404, "NoSuchComment");

        COMPANY.chief.delete(path() + "/" + id).expect(204);
        COMPANY.chief.delete(path() + "/" + id).expect(204);

        var comment = list().get("items").get(0);
        assertThat(comment.get("erased").asBoolean()).isTrue();
        assertThat(comment.path("text").isNull() || comment.path("text").isMissingNode())
                .isTrue();
        assertThat(COMPANY.adaClient.get("/api/cases/" + key + "/journal").body())
                .doesNotContain(secret)
                .contains("erased a comment");
        assertClean();
    }

    @Test
    void theSameCommentAgainWithItsKeyIsTheFirstOneAlsoAfterItsErasure() {
        var once = COMPANY.server.signedIn(COMPANY.ada).with("Idempotency-Key", "once-" + key);
        var body = Map.of("text", "Once");
        var id = once.post(path(), body).expect(201).json().get("id").asString();
        assertThat(once.post(path(), body).expect(201).json().get("id").asString())
                .isEqualTo(id);
        once.post(path(), Map.of("text", "Another")).expectProblem(422, "IdempotencyKeyReused");
        assertThat(list().get("items")).hasSize(1);

        COMPANY.chief.delete(path() + "/" + id).expect(204);
        assertThat(once.post(path(), body).expect(201).json().get("erased").asBoolean())
                .isTrue();
        assertThat(texts()).isZero();
        assertClean();
    }

    @Test
    void tellsWhatIsWrongWithAComment() {
        post(Map.of("text", "  ")).expectProblem(422, "InvalidInput");
        post(Map.of("text", "x".repeat(10_001))).expectProblem(422, "InvalidInput");
        post(Map.of("text", "x", "audience", List.of("p999"))).expectProblem(422, "InvalidInput");
        post(Map.of("text", "x", "audience", List.of("@Nowhere"))).expectProblem(422, "InvalidInput");
        post(Map.of("text", "x", "step", "1.x")).expectProblem(404, "NoSuchStep");
        post(Map.of("text", "x", "step", id() + ".99")).expectProblem(404, "NoSuchStep");
        post(Map.of("text", "a\u0000b")).expectProblem(422, "InvalidInput");
        COMPANY.adaClient.post("/api/cases/SAL-1/comments", Map.of("text", "x")).expectProblem(404, "NoSuchCase");
        assertThat(texts()).isZero();
    }

    @Test
    void aCaseThatIsOverCanStillBeTalkedAbout() {
        COMPANY.adaClient
                .post("/api/tasks/" + COMPANY.task(key) + "/completion", Map.of())
                .expect(204);
        post(Map.of("text", "Thank you", "audience", List.of(VERA))).expect(201);
        assertThat(seenBy(Reader.contact(VERA, null))).containsExactly("Thank you");
        assertClean();
    }

    @Test
    void whatACrashLeftHalfDoneIsPutRight() {
        NODE.jdbc()
                .sql(
                        "insert into comment_text (id, case_id, text, state, at) values (gen_random_uuid(), ?, 'lost', 0, ?)")
                .param(id())
                .param(NODE.clock().instant().atOffset(java.time.ZoneOffset.UTC))
                .update();
        var kept = UUID.fromString(post(Map.of("text", "kept")).json().get("id").asString());
        var gone = UUID.fromString(post(Map.of("text", "gone")).json().get("id").asString());
        state(kept, 0);
        state(gone, 2);
        assertThat(NODE.comments().tick()).isPositive();
        assertThat(texts()).as("too early to know").isEqualTo(3);

        COMPANY.server.clock().advance(Duration.ofMinutes(11));
        NODE.comments().tick();

        assertThat(list().get("items"))
                .extracting(comment -> comment.get("erased").asBoolean())
                .containsExactly(false, true);
        assertThat(texts()).isEqualTo(1);
        assertClean();
    }

    @Test
    void verifyNamesATextThatWasChangedOrIsGone() {
        var id =
                UUID.fromString(post(Map.of("text", "as said")).json().get("id").asString());
        NODE.jdbc()
                .sql("update comment_text set text = 'not so' where id = ?")
                .param(id)
                .update();
        assertThat(verify())
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("case " + id() + ": comment " + id + " has been changed"));
        NODE.jdbc().sql("delete from comment_text where id = ?").param(id).update();
        assertThat(verify()).anySatisfy(problem -> assertThat(problem).contains("what it said is gone"));
        NODE.comments().erase(id(), id, Actor.person(COMPANY.ada));
        assertClean();
    }

    private static void state(UUID id, int state) {
        NODE.jdbc()
                .sql("update comment_text set state = ? where id = ?")
                .param(state)
                .param(id)
                .update();
    }

    private io.baton.server.web.TestClient.Response post(Map<String, ?> body) {
        return COMPANY.adaClient.post(path(), body);
    }

    private String path() {
        return "/api/cases/" + key + "/comments";
    }

    private long id() {
        return Long.parseLong(key.substring(key.indexOf('-') + 1));
    }

    private JsonNode list() {
        return COMPANY.adaClient.get(path()).expect(200).json();
    }

    private List<String> seenBy(Reader reader) {
        return NODE.comments().list(id(), reader).stream()
                .map(comment -> String.valueOf(comment.text()))
                .toList();
    }

    private int texts() {
        return NODE.jdbc()
                .sql("select count(*) from comment_text where case_id = ?")
                .param(id())
                .query(Integer.class)
                .single();
    }

    private static List<String> verify() {
        return new Verify(NODE.jdbc(), NODE.transaction(), NODE.deployments())
                .run(_ -> {})
                .first();
    }

    private void assertClean() {
        assertThat(verify().stream().filter(problem -> problem.startsWith("case " + id() + ":")))
                .isEmpty();
    }
}
