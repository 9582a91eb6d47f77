package io.baton.server.demo;

import static io.baton.server.demo.Scene.given;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;

/** New clients, each once, with the documents that their risk calls for. */
final class ClientOnboardings extends Story {

    private final Company company;
    private final Pace.Measured measured;

    ClientOnboardings(Company company, Pace.Measured measured) {
        super("client-onboarding");
        this.company = company;
        this.measured = measured;
        client();
        documents();
        compliance();
        contract();
    }

    @Override
    Opening open(Scene scene, int number) {
        var client = company.clients().get(number % company.clients().size());
        var owner = scene.dice().pick(company.members("sales"));
        return new Opening(
                null,
                owner,
                given(
                        "client",
                        client.name(),
                        "contactPerson",
                        client.contact(),
                        "contactMail",
                        client.email(),
                        "country",
                        client.country(),
                        "industry",
                        client.industry(),
                        "contractValue",
                        client.contractValue(),
                        "caseOwner",
                        owner));
    }

    private void client() {
        task(
                "enter-client",
                measured.approval().times(0.4),
                scene -> scene.same("client", "contactPerson", "contactMail", "country", "industry", "contractValue"));
        task(
                "answer-questionnaire",
                measured.reaction().times(1.3),
                scene -> given(
                        "legalName",
                        scene.text("client") + scene.pick(" Ltd", " GmbH", " B.V.", " S.A."),
                        "registrationNumber",
                        "HRB " + scene.dice().between(10_000, 99_999),
                        "owners",
                        List.of(given(
                                "name",
                                scene.who(),
                                "sharePercent",
                                BigDecimal.valueOf(scene.dice().between(26, 100)))),
                        "politicallyExposed",
                        scene.dice().chance(0.06),
                        "billingMail",
                        scene.text("contactMail").replaceFirst("^[^@]*", "invoices")));
        task(
                "agree-plan",
                measured.approval(),
                scene -> given(
                        "newTarget",
                        scene.today().plusDays(scene.dice().between(10, 21)).toString(),
                        "plan",
                        "Weekly call until the papers are complete"));
    }

    private void documents() {
        task(
                "upload-document",
                measured.reaction().times(2),
                0.04,
                scene -> given(
                        "documentFile",
                        scene.text("document").toLowerCase(Locale.ROOT).replace(' ', '-') + ".pdf",
                        "uploadNote",
                        ""));
        task("review-document", measured.approval().times(0.6), scene -> {
            var outcome = scene.chance(0.22) ? "reopened" : scene.dice().chance(0.03) ? "waived" : "accepted";
            return given(
                    "outcome",
                    outcome,
                    "reason",
                    outcome.equals("reopened")
                            ? scene.pick("Older than three months", "A page is missing", "Not legible")
                            : null);
        });
        message("document-received", 0.12, measured.reaction().times(2), _ -> given("documentFile", "letter-scan.pdf"));
        task(
                "call-about-documents",
                measured.approval(),
                scene -> given(
                        "outcome",
                        scene.dice().weighted("go-on", 3, "give-up", 1),
                        "callNote",
                        "The client's lawyer keeps the originals"));
    }

    private void compliance() {
        task("review-hit", measured.approval(), scene -> {
            var hit = scene.dice().chance(0.15);
            return given(
                    "outcome",
                    hit ? "hit" : "false-alarm",
                    "reason",
                    hit ? "Same person: date and place of birth agree" : "Other date of birth");
        });
        task(
                "look-closer",
                measured.decision().times(1.5),
                _ -> given(
                        "sourcesChecked",
                        List.of("funds", "owners", "press"),
                        "diligenceReport",
                        "Nothing against the client"));
        task("sign-off", measured.decision(), scene -> {
            var refused = scene.dice().chance(0.03);
            return given(
                    "outcome",
                    refused ? "refused" : "approved",
                    "reason",
                    refused ? "The source of funds stays unclear" : null);
        });
    }

    /** On a working day, in the morning. */
    private String kickOff(Scene scene) {
        var day = scene.today().plusDays(scene.dice().between(4, 14));
        return company.booking(day, LocalTime.of(scene.dice().between(8, 11), 30));
    }

    private void contract() {
        task(
                "sign-contract",
                measured.reaction().times(2.2),
                scene -> given(
                        "agreed",
                        true,
                        "signedBy",
                        scene.who(),
                        "signedAs",
                        scene.pick("Managing director", "Head of purchasing", "Chief operating officer")));
        task(
                "call-about-contract",
                measured.approval().times(0.6),
                scene ->
                        given("contractNote", scene.pick("Their lawyer is on holiday", "They ask for 45 days to pay")));
        task(
                "book-kick-off",
                measured.reaction(),
                scene -> given(
                        "kickOff",
                        kickOff(scene),
                        "participants",
                        scene.who(),
                        "kickOffPlace",
                        scene.dice().weighted("online", 6, "client", 3, "us", 1)));
        task("hold-kick-off", measured.approval().times(0.3), _ -> given());
    }
}
