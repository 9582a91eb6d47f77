package io.baton.server.demo;

import static io.baton.server.demo.Scene.given;

import java.time.LocalTime;
import java.util.List;

/** Something does not work for a customer. The complaints of orders go the same way. */
final class ServiceExceptions extends Story {

    private record Trouble(String product, String problem) {}

    private static final List<Trouble> TROUBLES = List.of(
            new Trouble("Infusion pump HL-300", "display goes dark"),
            new Trouble("Infusion pump HL-300", "alarm does not stop"),
            new Trouble("Infusion pump HL-300", "battery lasts one hour"),
            new Trouble("Patient monitor Vista 12", "no reading of the SpO₂ sensor"),
            new Trouble("Patient monitor Vista 12", "loses the network"),
            new Trouble("Patient monitor Vista 12", "clock is an hour off"),
            new Trouble("Order portal", "prices are missing"),
            new Trouble("Order portal", "sign-in fails after the update"),
            new Trouble("Order portal", "delivery note cannot be printed"),
            new Trouble("Stock link", "orders arrive twice"),
            new Trouble("Stock link", "no stock levels since this morning"),
            new Trouble("Wheelchair Lindgo 2", "brake does not hold"),
            new Trouble("Autoclave SteriLine 45", "stops with error E17"));

    private final Company company;
    private final Pace.Measured measured;

    ServiceExceptions(Company company, Pace.Measured measured) {
        super("service-exception");
        this.company = company;
        this.measured = measured;
        support();
        engineering();
        handback(
                "fix-fault",
                0.12,
                "Which firmware is on the device?",
                "How is it made to happen again?",
                "The serial number is missing");
        handback("verify-fix", 0.06, "The number of the change is missing", "What was changed, in one sentence?");
        message(
                "customer-added",
                0.1,
                measured.reaction(),
                scene -> given(
                        "addition",
                        scene.pick(
                                "It happens on the second device too", "We have attached a photograph", "Any news?")));
    }

    @Override
    Opening open(Scene scene, int number) {
        var dice = scene.dice();
        var customer = dice.pick(company.customers());
        var trouble = dice.pick(TROUBLES);
        var owner = dice.pick(company.members("support"));
        return new Opening(
                dice.chance(0.6) ? "exception-reported" : null,
                owner,
                given(
                        "reference",
                        "TKT-" + (9_140 + number),
                        "customer",
                        customer.name(),
                        "customerMail",
                        customer.email(),
                        "productName",
                        trouble.product(),
                        "problem",
                        trouble.problem(),
                        "impact",
                        dice.weighted("everything stands still", 1, "some cannot work", 3, "it is a nuisance", 4),
                        "contractLevel",
                        customer.contractLevel(),
                        "caseOwner",
                        owner));
    }

    /** Too large to send in. */
    private static boolean isLookedAt(Scene scene) {
        return scene.text("productName").startsWith("Wheelchair");
    }

    private void support() {
        task("triage", measured.approval().times(0.25), scene -> {
            var complaint = scene.text("productName").startsWith("Order SO-");
            var outcome = complaint
                    ? scene.dice().weighted("answered", 8, "ask", scene.before() > 0 ? 0 : 2)
                    : scene.dice().weighted("fault", 45, "answered", 30, "ask", scene.before() > 1 ? 0 : 25);
            return given(
                    "outcome",
                    outcome.equals("fault") && isLookedAt(scene) ? "visit" : outcome,
                    "question",
                    outcome.equals("ask")
                            ? scene.pick(
                                    "Which serial number is on the back?",
                                    "Since when, and on how many devices?",
                                    "Can you send us a photograph?")
                            : null,
                    "resolution",
                    outcome.equals("answered")
                            ? complaint
                                    ? "We send a replacement with the next delivery"
                                    : scene.pick(
                                            "Hold the power button for ten seconds, then it starts anew",
                                            "It is a setting: see page 14 of the manual")
                            : null);
        });
        task(
                "give-information",
                measured.reaction(),
                0.12,
                scene -> given(
                        "information",
                        scene.pick(
                                "Serial number HL3-" + scene.dice().between(10_000, 99_999),
                                "Since Monday, on three devices",
                                "Photograph attached"),
                        "attachments",
                        null));
        task("choose-visit", measured.reaction(), scene -> {
            var day = scene.today().plusDays(scene.dice().between(2, 4));
            return given(
                    "visitAt",
                    company.booking(day, LocalTime.parse(scene.pick("08:30", "10:30", "13:00", "15:00"))),
                    "visitContact",
                    scene.who(),
                    "visitPlace",
                    scene.pick("At the reception", "Second floor", "In the workshop"));
        });
        task(
                "visit-customer",
                measured.approval().times(0.3),
                scene -> given(
                        "resolution",
                        scene.pick("The brake was adjusted", "A new brake cable", "Exchanged for another")));
        task(
                "offer-workaround",
                measured.approval().times(0.4),
                scene -> given(
                        "workaround",
                        scene.pick(
                                "Use the spare device we have sent", "Switch it off overnight", "Use the old portal"),
                        "outcome",
                        scene.dice().weighted("helps", 3, "fix-needed", 7)));
        task("confirm-solution", measured.reaction(), 0.3, scene -> {
            var solved = !scene.chance(0.14);
            return given(
                    "outcome",
                    solved ? "solved" : "not-solved",
                    "information",
                    solved ? null : scene.pick("It came back this morning", "Only half of the devices work"));
        });
        task(
                "look-at-addition",
                measured.approval().times(0.4),
                _ -> given("additionNote", "Passed on to Engineering"));
    }

    private void engineering() {
        task("fix-fault", measured.decision().times(1.3), scene -> {
            var fixed = !scene.chance(0.14);
            return given(
                    "outcome",
                    fixed ? "fixed" : "unclear",
                    "change",
                    fixed ? "CHG-" + scene.dice().between(2_100, 2_999) : null,
                    "progress",
                    scene.pick(
                            "Cause found: a counter overflows after 49 days",
                            "A cable of the last batch is too short",
                            "The new firmware reads the sensor too early",
                            "A certificate has expired"));
        });
        task("verify-fix", measured.approval().times(0.5), scene -> {
            var works = !scene.chance(0.12);
            return given(
                    "verified",
                    works ? "yes" : "no",
                    "resolution",
                    works
                            ? scene.pick(
                                    "New firmware installed", "The faulty part was replaced", "Configuration mended")
                            : null);
        });
        task(
                "roll-back",
                measured.approval().times(0.15),
                _ -> given("rollbackNote", "The old version is back; the check of the new one had failed"));
    }
}
