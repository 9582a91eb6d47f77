package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.engine.Actor;
import io.baton.engine.Command;
import io.baton.engine.Values;
import io.baton.server.commit.Answer;
import io.baton.server.guest.GuestBrowser.Form;
import io.baton.server.processes.Sources;
import io.baton.server.web.TestClient.Response;
import io.baton.server.words.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The receipt that somebody outside fetches from their page, verified by the command that anybody can run. */
class GuestReceiptTest {

    private static final GuestCompany COMPANY = new GuestCompany();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    /** The vendor decides, which can be taken back, then answers; a script and an offer to a member follow by themselves. */
    private static final String DEAL = """
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:baton="urn:baton:bpmn:1" targetNamespace="urn:test">
              <bpmn:process id="deal" name="Deal" isExecutable="true">
                <bpmn:extensionElements>
                  <baton:case prefix="DEAL"/><baton:share party="vendor" variables="offer" steps="decide"/>
                </bpmn:extensionElements>
                <bpmn:laneSet id="lanes">
                  <bpmn:lane id="a" name="Vendor">
                    <bpmn:flowNodeRef>decide</bpmn:flowNodeRef><bpmn:flowNodeRef>answer</bpmn:flowNodeRef>
                  </bpmn:lane>
                  <bpmn:lane id="b" name="Accounts payable">
                    <bpmn:flowNodeRef>start</bpmn:flowNodeRef><bpmn:flowNodeRef>count</bpmn:flowNodeRef>
                    <bpmn:flowNodeRef>check</bpmn:flowNodeRef><bpmn:flowNodeRef>end</bpmn:flowNodeRef>
                  </bpmn:lane>
                </bpmn:laneSet>
                <bpmn:startEvent id="start"/>
                <bpmn:userTask id="decide" name="Take the offer?">
                  <bpmn:extensionElements><baton:task form="deal-take" holder="= vendor" undo="PT5M"/></bpmn:extensionElements>
                </bpmn:userTask>
                <bpmn:userTask id="answer" name="Name your price">
                  <bpmn:extensionElements>
                    <baton:task form="deal-price" holder="= vendor"/>
                    <baton:output name="secretFactor" value="= price * 3"/>
                  </bpmn:extensionElements>
                </bpmn:userTask>
                <bpmn:scriptTask id="count" name="Count">
                  <bpmn:extensionElements><baton:result variable="secretMargin"/></bpmn:extensionElements>
                  <bpmn:script>1234567</bpmn:script>
                </bpmn:scriptTask>
                <bpmn:userTask id="check" name="Check in secret">
                  <bpmn:extensionElements><baton:task holder="= host"/></bpmn:extensionElements>
                </bpmn:userTask>
                <bpmn:endEvent id="end"/>
                <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="decide"/>
                <bpmn:sequenceFlow id="f2" sourceRef="decide" targetRef="answer"/>
                <bpmn:sequenceFlow id="f3" sourceRef="answer" targetRef="count"/>
                <bpmn:sequenceFlow id="f4" sourceRef="count" targetRef="check"/>
                <bpmn:sequenceFlow id="f5" sourceRef="check" targetRef="end"/>
              </bpmn:process>
            </bpmn:definitions>
            """;

    private static final String TAKE = """
            {"type": "default", "id": "deal-take", "components": [
              {"type": "radio", "key": "taken", "label": "Do you take it?", "values": [
                {"label": "Yes, gladly", "value": "yes"}, {"label": "No", "value": "no"}]}]}
            """;

    private static final String PRICE = """
            {"type": "default", "id": "deal-price", "components": [
              {"type": "number", "key": "price", "label": "Your price"}]}
            """;

    private final GuestBrowser browser = new GuestBrowser(COMPANY.server.anonymous());

    private void done(Form form) {
        browser.send(GuestBrowser.only(browser.send(form).expect(200)).with("sure", "yes"))
                .expect(303);
    }

    private Response receipt(String path) {
        return browser.get(linked(browser.get(path).body(), "/receipt")).expect(200);
    }

    private static String linked(String page, String end) {
        return GuestBrowser.links(page).stream()
                .filter(each -> each.endsWith(end))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no link to " + end + " in " + page));
    }

    @Test
    void isVerifiedByTheCommandAndNoMoreOnceItWasChanged(@TempDir Path folder) throws Exception {
        var id = COMPANY.started(COMPANY.vera, Map.of());
        var path = COMPANY.node
                .links()
                .issue(COMPANY.vera, id, COMPANY.step(id, "correct").id());
        done(GuestBrowser.form(browser.get(path), "answer").with("f.amount", "12,50"));
        var page = receipt(path).body();
        var receipt = browser.get(linked(page, "/receipt.json")).expect(200).body();
        var file = Files.writeString(folder.resolve("receipt.json"), receipt);

        var good = verify(file);
        assertThat(good.text()).contains("INV-" + id, "The receipt is unchanged.");
        assertThat(good.exit()).isZero();
        var fingerprint = good.text().strip().substring(good.text().strip().lastIndexOf(' ') + 1);
        assertThat(page).contains(fingerprint, "INV-" + id, "Vera");
        var forged = Files.writeString(folder.resolve("forged.json"), receipt.replaceFirst("INV-" + id, "INV-9" + id));
        assertThat(verify(forged).exit()).isEqualTo(1);
    }

    @Test
    void saysWhatWasAnsweredAndNothingOfWhatFollowed() {
        var host = COMPANY.server.addMember("Hetty Host", "accounts-payable");
        var files = List.of(
                GuestCompany.file("deal.bpmn", DEAL),
                GuestCompany.file("deal-take.form", TAKE),
                GuestCompany.file("deal-price.form", PRICE));
        var process = COMPANY.node
                .deployments()
                .deploy(Sources.of(files), COMPANY.ada)
                .getFirst()
                .version()
                .id();
        var started = COMPANY.node
                .cases()
                .start(
                        process,
                        null,
                        Values.variables(Map.of("vendor", COMPANY.vera, "host", host)),
                        COMPANY.ada,
                        Actor.person(COMPANY.ada),
                        null);
        var id = ((Answer.Done) started).caseId();
        var path = COMPANY.node.links().issue(COMPANY.vera, id, 0);
        var decide = path + "/" + id + "." + COMPANY.step(id, "decide").id();
        done(GuestBrowser.form(browser.get(decide), "answer").with("f.taken", "no"));
        done(GuestBrowser.form(browser.get(decide), "take-back"));
        done(GuestBrowser.form(browser.get(decide), "answer").with("f.taken", "yes"));
        COMPANY.server.clock().advance(Duration.ofMinutes(5));
        var fires = new Command.FireTimer(-COMPANY.step(id, "decide").id());
        var _ = COMPANY.node.cases().perform(id, fires, Actor.TIMER, null); // or the server's own loop was quicker
        assertThat(COMPANY.isAt(id, "answer")).isTrue();
        done(GuestBrowser.form(
                        browser.get(path + "/" + id + "."
                                + COMPANY.step(id, "answer").id()),
                        "answer")
                .with("f.price", "12,50"));
        assertThat(COMPANY.state(id).variables()).containsKeys("secretMargin", "secretFactor");
        assertThat(COMPANY.isAt(id, "check")).isTrue();

        var page = receipt(path).body();
        var file = browser.get(linked(page, "/receipt.json")).expect(200).body();
        var acts = JsonMapper.shared().readTree(file).path("acts");
        assertThat(acts)
                .extracting(act -> act.path("act").asString())
                .containsExactly(
                        "HandoffAccepted",
                        "DecisionMade",
                        "DecisionTakenBack",
                        "DecisionMade",
                        "HandoffAccepted",
                        "TaskCompleted");
        assertThat(acts.get(3).path("answer").path("taken").asString()).isEqualTo("yes");
        assertThat(acts.get(5).path("answer").path("price").asString()).isEqualTo("12.5");
        assertThat(file + page).doesNotContain("secret", "1234567", "37.5", "Hetty", host + "\"");
        assertThat(page)
                .contains("You answered:", "Take the offer?", "Do you take it?", "Yes, gladly")
                .contains("You took your answer back:", "Name your price", "Your price", "12.5");
        for (var language : Words.LANGUAGES) {
            var words = Words.of(language);
            assertThat(browser.get(linked(browser.get(path).body(), "/receipt") + "?lang=" + language)
                            .expect(200)
                            .body())
                    .contains("<html lang=\"" + language + "\">", words.say("guest.receipt.act.TaskCompleted"));
        }
    }

    private record Said(int exit, String text) {}

    /** As {@code ./baton verify-receipt} does: a process of its own, without database or network. */
    private static Said verify(Path file) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.baton.server.Baton",
                        "verify-receipt",
                        file.toString()))
                .redirectErrorStream(true)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
