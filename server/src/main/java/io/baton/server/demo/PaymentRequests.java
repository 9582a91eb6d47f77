package io.baton.server.demo;

import static io.baton.server.demo.Scene.given;

import java.util.List;

/** Employees' requests for payment: shares and times are those of the real log that the process is modelled after. */
final class PaymentRequests extends Story {

    private record Purpose(String what, String payee, String costType, int median) {}

    private static final List<Purpose> PURPOSES = List.of(
            new Purpose("Train to the trade fair", "Rail Europe Tickets", "travel", 180),
            new Purpose("Hotel for the customer visit", "Hotel Maaszicht", "travel", 420),
            new Purpose("Membership of the purchasing association", "Purchasing Guild", "membership", 350),
            new Purpose("Printing of the spring catalogue", "Rhein Kartonagen", "services", 2_400),
            new Purpose("First-aid course", "Rescue Academy", "services", 640),
            new Purpose("Catering for the supplier day", "De Keuken", "services", 890),
            new Purpose("Tools for the workshop", "Gereedschap Centrum", "materials", 260),
            new Purpose("Translation of the manuals", "Lingua Works", "services", 1_150),
            new Purpose("Refund of a deposit", "Lakeside Clinic", "other", 500),
            new Purpose("Laboratory samples", "Vireo Laboratories", "materials", 310));

    /** Of the requests that the administration passed on, those that needed no separate budget owner. */
    private static final double SAME_PERSON = 0.63;

    /** Of the requests taken back, those that never came again. */
    private static final double GIVEN_UP = 0.417;

    private static final double NEVER_SUBMITTED = 0.011;
    private static final double DIRECTOR_NEXT = 0.006;

    private final Company company;
    private final Pace.Measured measured;

    PaymentRequests(Company company, Pace.Measured measured) {
        super("request-for-payment");
        this.company = company;
        this.measured = measured;
        employee();
        approvers();
        handback("approve-budget", 0.03, "The receipt cannot be read", "Which project is it for?");
        handback("decide", 0.03, "The budget owner's reason is missing");
    }

    @Override
    Opening open(Scene scene, int number) {
        var dice = scene.dice();
        var purpose = dice.pick(PURPOSES);
        var requester = dice.pick(company.members("employee"));
        return new Opening(
                null,
                requester,
                given(
                        "requestNumber",
                        "R-" + (7_310 + number),
                        "requester",
                        requester,
                        "purpose",
                        purpose.what(),
                        "payee",
                        purpose.payee(),
                        "iban",
                        "NL" + dice.between(10, 99) + " RABO 0" + dice.between(100_000_000, 399_999_999),
                        "amount",
                        dice.money(purpose.median(), 0.5),
                        "costType",
                        purpose.costType(),
                        "organizationalUnit",
                        dice.weighted("Sales", 3, "Operations", 3, "Product", 2, "Headquarters", 1),
                        "project",
                        dice.chance(0.5) ? "P-" + dice.between(110, 160) : ""));
    }

    private void employee() {
        task("submit-request", measured.rework().times(0.1), NEVER_SUBMITTED, scene -> {
            var form = scene.same("purpose", "payee", "iban", "amount", "costType", "organizationalUnit", "project");
            form.put("explanation", scene.before() > 0 ? "Receipt and project added" : "");
            form.put("outcome", scene.before() > 0 && scene.dice().chance(GIVEN_UP) ? "withdrawn" : "submitted");
            return form;
        });
        task(
                "take-back",
                measured.reaction(),
                scene -> given("correction", scene.pick("I add the receipt", "I charge the right project", "")));
    }

    private void approvers() {
        var administration = measured.rejections("ADMINISTRATION");
        task("check-request", measured.approval().times(0.2), scene -> {
            var rejected = scene.dice().chance(administration);
            return given(
                    "costType",
                    scene.text("costType"),
                    "outcome",
                    rejected ? "rejected" : "approved",
                    "reason",
                    rejected
                            ? scene.pick("The receipt is missing", "This belongs to another project", "Wrong cost type")
                            : null);
        });
        var budgetOwner = measured.rejections("BUDGET OWNER");
        task("approve-budget", measured.approval(), scene -> {
            var rejected = scene.dice().chance(budgetOwner);
            return given(
                    "outcome",
                    rejected ? "rejected" : scene.dice().chance(SAME_PERSON) ? "same-person" : "approved",
                    "reason",
                    rejected ? "The budget of this year is spent" : null);
        });
        var supervisor = measured.rejections("SUPERVISOR");
        task("decide", measured.decision(), scene -> {
            var rejected = scene.dice().chance(supervisor);
            return given(
                    "outcome",
                    rejected ? "rejected" : scene.dice().chance(DIRECTOR_NEXT) ? "approved" : "final-approved",
                    "reason",
                    rejected ? "Not agreed beforehand" : null);
        });
        task("decide-finally", measured.decision(), _ -> given("outcome", "final-approved", "reason", null));
    }
}
