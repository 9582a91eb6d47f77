package io.baton.server.demo;

import static io.baton.server.demo.Scene.given;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The invented company's systems: what each answers to a job. The history and the workers that answer while the demo runs
 * ask the same ones, so that a visitor's case fares like those before it.
 */
final class Systems {

    sealed interface Answer {
        record Done(SequencedMap<String, @Nullable Object> results) implements Answer {}

        /** An error that the process knows and catches. */
        record Error(String code, SequencedMap<String, @Nullable Object> variables) implements Answer {}

        /** The system itself failed; a later attempt may do. */
        record Failed(String message) implements Answer {}
    }

    /** Which job types belong to which system; a system answers one job after the other. */
    static final Map<String, List<String>> JOB_TYPES = Map.of(
            "erp", List.of("three-way-match", "issue-invoice"),
            "bank", List.of("pay-vendor"),
            "payment-system", List.of("request-payment", "handle-payment"),
            "warehouse", List.of("allocate-stock", "release-stock"),
            "carrier", List.of("book-carrier"),
            "sanctions-lists", List.of("screen-client"),
            "release-line", List.of("deploy-fix"));

    /** A system that has just failed is likely to be down still. */
    private static final double FAILS = 0.024;

    private static final double FAILS_AGAIN = 0.55;

    private Systems() {}

    /** {@code failures}: how often this very job has failed before. */
    static Answer answer(String type, Scene scene, int failures) {
        if (scene.dice().chance(failures == 0 ? FAILS : FAILS_AGAIN)) {
            return new Answer.Failed(failure(type, scene));
        }
        return switch (type) {
            case "three-way-match" -> match(scene);
            case "pay-vendor" -> pay(scene);
            case "request-payment" -> new Answer.Done(given("outcome", scene.chance(0.0104) ? "rejected" : "accepted"));
            case "allocate-stock" -> allocate(scene);
            case "issue-invoice" ->
                new Answer.Done(given("invoiceNumber", "HL-" + scene.dice().between(100_000, 999_999)));
            case "book-carrier" ->
                new Answer.Done(given("trackingNumber", "3S" + scene.dice().between(10_000_000, 99_999_999) + "NL"));
            case "screen-client" -> screen(scene);
            case "deploy-fix" -> deploy(scene);
            default -> new Answer.Done(given());
        };
    }

    private static Answer match(Scene scene) {
        if (!scene.chance(0.17)) {
            return new Answer.Done(given("match", "order, receipt and invoice agree"));
        }
        var amount = scene.number("amount");
        var more = amount.multiply(BigDecimal.valueOf(scene.dice().between(3, 14)))
                .divide(BigDecimal.valueOf(100), 2, RoundingMode.HALF_UP);
        var ordered = scene.dice().between(20, 90);
        return new Answer.Error(
                "MATCH_FAILED",
                given(
                        "matchDifference",
                        scene.pick(
                                "The invoice is " + more + " above the order",
                                "Only " + (ordered - scene.dice().between(2, 15)) + " of " + ordered
                                        + " pieces are booked in",
                                "No goods receipt for " + scene.text("purchaseOrder"),
                                "The unit price differs from the order in line "
                                        + scene.dice().between(1, 4))));
    }

    private static Answer pay(Scene scene) {
        return scene.chance(0.025)
                ? new Answer.Error(
                        "PAYMENT_REFUSED",
                        given(
                                "bankMessage",
                                scene.pick(
                                        "AC04: the account is closed",
                                        "AC01: the account number is not valid",
                                        "BE04: the creditor's address is missing")))
                : new Answer.Done(given());
    }

    private static Answer allocate(Scene scene) {
        var line = scene.seen().get("line");
        var article = line instanceof Map<?, ?> map && map.get("article") instanceof String text ? text : "an article";
        return scene.chance(0.03)
                ? new Answer.Error("OUT_OF_STOCK", given("missing", article))
                : new Answer.Done(given(
                        "shelf",
                        scene.pick("A", "B", "C", "D") + "-"
                                + scene.dice().between(10, 48) + "-"
                                + scene.dice().between(1, 6)));
    }

    private static Answer screen(Scene scene) {
        return scene.chance(0.12)
                ? new Answer.Done(given(
                        "hits",
                        BigDecimal.ONE,
                        "hitDetails",
                        "A director has the name of a person on the EU list (similarity "
                                + scene.dice().between(71, 89) + " %)"))
                : new Answer.Done(given("hits", BigDecimal.ZERO, "hitDetails", null));
    }

    private static Answer deploy(Scene scene) {
        return scene.chance(0.09)
                ? new Answer.Error("RELEASE_FAILED", given())
                : new Answer.Done(given(
                        "version",
                        "4." + scene.dice().between(8, 15) + "." + scene.dice().between(0, 9)));
    }

    private static String failure(String type, Scene scene) {
        return switch (type) {
            case "three-way-match", "issue-invoice" ->
                scene.pick("The ERP answered 503 Service Unavailable", "The ERP did not answer within 30 s");
            case "pay-vendor" -> scene.pick("The bank's gateway refused the connection", "The bank answered 504");
            case "request-payment", "handle-payment" -> "The payment system is closed for its nightly run";
            case "allocate-stock", "release-stock" -> "The warehouse system has locked the stock for counting";
            case "book-carrier" ->
                scene.pick(
                        "The carrier's booking service answered 429", "The carrier knows no depot for this postcode");
            case "screen-client" -> "The sanctions lists are being updated; try again later";
            case "deploy-fix" -> "The release line has no free runner";
            default -> scene.pick("The mail server answered 451: try again later", "The mail server is not reachable");
        };
    }
}
