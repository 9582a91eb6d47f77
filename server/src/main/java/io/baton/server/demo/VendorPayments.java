package io.baton.server.demo;

import static io.baton.server.demo.Scene.given;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Vendors' invoices; most come by message, some are typed in. */
final class VendorPayments extends Story {

    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);

    /** What invoices of each category are usually about, in euros. */
    private static final Map<String, Integer> MEDIANS =
            Map.of("goods", 3_400, "services", 2_700, "consulting", 14_000, "it", 5_600, "facilities", 1_300);

    private final Company company;
    private final Pace.Measured measured;

    VendorPayments(Company company, Pace.Measured measured) {
        super("vendor-payment");
        this.company = company;
        this.measured = measured;
        invoice();
        approval();
        payment();
        whatLacks();
        message("goods-received", 0.8, measured.approval().times(2), _ -> given());
        message("invoice-withdrawn", 0.015, measured.approval().times(2), _ -> given());
    }

    @Override
    Opening open(Scene scene, int number) {
        var dice = scene.dice();
        var vendor = dice.pick(company.vendors());
        var variables = given(
                "invoiceNumber",
                initials(vendor.name()) + "-" + (20_410 + 3 * number + dice.between(0, 2)),
                "vendor",
                vendor.name(),
                "vendorEmail",
                vendor.email(),
                "purchaseOrder",
                "PO-" + (45_120 + 2 * number + dice.between(0, 1)),
                "amount",
                dice.money(MEDIANS.getOrDefault(vendor.category(), 2_000), 1.05),
                "currency",
                "EUR",
                "dueDate",
                scene.today().plusDays(dice.between(14, 45)).toString(),
                "iban",
                vendor.iban(),
                "category",
                vendor.category(),
                "contractNumber",
                dice.chance(0.72) ? "C-" + dice.between(2022, 2026) + "-" + dice.between(100, 399) : null,
                "bankDetailsChanged",
                dice.chance(0.06),
                "discountPercent",
                dice.chance(0.12) ? BigDecimal.TWO : null,
                "caseOwner",
                dice.pick(company.members(dice.chance(0.8) ? "accounts-payable" : "procurement")));
        return new Opening(
                dice.chance(0.75) ? "invoice-received" : null, String.valueOf(variables.get("caseOwner")), variables);
    }

    private void invoice() {
        task(
                "complete-invoice",
                measured.approval().times(0.35),
                scene -> scene.same(
                        "vendor",
                        "vendorEmail",
                        "invoiceNumber",
                        "amount",
                        "currency",
                        "dueDate",
                        "purchaseOrder",
                        "contractNumber",
                        "category",
                        "discountPercent",
                        "iban",
                        "bankDetailsChanged"));
        task("clear-difference", measured.approval().times(0.8), scene -> {
            var outcome =
                    scene.before() > 1 ? "accepted" : scene.dice().weighted("vendor", 5, "wait", 3, "accepted", 2);
            return given(
                    "outcome",
                    outcome,
                    "reason",
                    switch (outcome) {
                        case "vendor" -> "Please correct the invoice: " + lowered(scene.text("matchDifference"));
                        case "wait" -> "The rest of the delivery is announced for next week";
                        default -> "Within what we agreed with the vendor by phone";
                    });
        });
        task(
                "correct-invoice",
                measured.reaction().times(1.2),
                scene -> given(
                        "invoiceNumber",
                        scene.text("invoiceNumber") + "-" + (char) ('A' + scene.before()),
                        "amount",
                        scene.number("amount")
                                .multiply(BigDecimal.valueOf(scene.dice().between(88, 99)))
                                .divide(PERCENT, 2, RoundingMode.HALF_UP),
                        "vendorNote",
                        scene.pick("Sorry, this replaces the first one", "Price corrected as agreed", "")));
        task(
                "chase-delivery",
                measured.approval(),
                scene -> given(
                        "deliveryState",
                        scene.dice().weighted("booked", 6, "partial", 3, "price", 1),
                        "deliveryNote",
                        scene.pick(
                                "Was booked on the wrong order",
                                "Two boxes are still on the way",
                                "Found in goods-in")));
        task(
                "file-withdrawal",
                measured.approval(),
                scene -> given(
                        "creditNote",
                        "CN-" + scene.dice().between(1_000, 9_999),
                        "withdrawalNote",
                        "The vendor had invoiced the delivery twice"));
    }

    private void approval() {
        double rejections = measured.rejections("BUDGET OWNER");
        task("approve-invoice", measured.approval(), scene -> {
            var rejected = scene.dice().chance(rejections);
            return given(
                    "outcome",
                    rejected ? "rejected" : "approved",
                    "reason",
                    rejected
                            ? scene.pick(
                                    "We have not ordered this",
                                    "The service was not delivered as agreed",
                                    "Charged twice, see the invoice of last month")
                            : null);
        });
        task(
                "confirm-bank-details",
                measured.reaction(),
                0.2,
                scene -> given(
                        "iban",
                        scene.text("iban"),
                        "accountHolder",
                        scene.text("vendor"),
                        "confirmedBy",
                        scene.who(),
                        "outcome",
                        "confirmed"));
        task("call-vendor", measured.approval().times(0.5), _ -> given());
        task("check-contract", measured.decision().times(1.3), scene -> {
            var covered = scene.dice().chance(0.86);
            return given(
                    "outcome",
                    covered ? "covered" : "not-covered",
                    "contractNumber",
                    covered ? "C-2026-" + scene.dice().between(400, 599) : null,
                    "reason",
                    covered ? "Framework agreement signed" : "No signed contract, and none is planned");
        });
    }

    private void payment() {
        task(
                "release-payment",
                measured.approval().times(0.6),
                scene -> given(
                        "paymentDate",
                        scene.today().plusDays(scene.dice().between(1, 6)).toString(),
                        "fourEyes",
                        true));
        task(
                "mend-payment",
                measured.approval().times(0.7),
                scene ->
                        given("iban", scene.text("iban"), "mendNote", "The vendor has confirmed the account by phone"));
    }

    private void whatLacks() {
        handback("clear-difference", 0.05, "Which delivery is this for?", "The order's number is not on the invoice");
        handback(
                "approve-invoice",
                0.05,
                "The order's number is missing",
                "The delivery note is not attached",
                "The cost centre is not named");
        handback("check-contract", 0.12, "The signed contract is not attached", "The offer with the prices is missing");
        handback("release-payment", 0.03, "The approval of the second page is missing", "Two invoices, one amount");
    }

    /** {@code SFA} for Sable & Finch Advisors: every vendor numbers its own invoices. */
    private static String initials(String name) {
        return name.replaceAll("[^A-Z]", "");
    }

    private static String lowered(String sentence) {
        return sentence.isEmpty() ? "" : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
