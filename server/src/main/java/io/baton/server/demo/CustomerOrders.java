package io.baton.server.demo;

import static io.baton.server.demo.Scene.given;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Customers' orders; half come from the web shop. */
final class CustomerOrders extends Story {

    private record Product(String article, double price, int most) {}

    private static final List<Product> PRODUCTS = List.of(
            new Product("Nitrile gloves M, box of 200", 11.9, 120),
            new Product("Sterile gauze 10 × 10, pack of 100", 8.4, 200),
            new Product("Infusion set IS-4, carton of 50", 64, 40),
            new Product("Infusion pump HL-300", 1_840, 6),
            new Product("Patient monitor Vista 12", 3_250, 4),
            new Product("Syringes 5 ml, box of 100", 9.2, 150),
            new Product("Wound dressing Silvaline, box of 10", 27.5, 80),
            new Product("Surgical mask IIR, box of 50", 4.6, 400),
            new Product("Ultrasound gel 5 l", 18.9, 30),
            new Product("Wheelchair Lindgo 2", 415, 8),
            new Product("Autoclave bags 20 cm, roll", 33, 60),
            new Product("Thermometer TempCheck", 39, 40));

    private static final BigDecimal REFUND_ALL = BigDecimal.ONE;

    private final Company company;
    private final Pace.Measured measured;

    CustomerOrders(Company company, Pace.Measured measured) {
        super("customer-order");
        this.company = company;
        this.measured = measured;
        order();
        delivery();
        whatLacks();
        message("goods-picked", 0.97, measured.approval().times(0.35), _ -> given());
        message("parcel-delivered", 0.92, measured.approval().times(1.2), _ -> given());
        message(
                "delivery-failed",
                0.06,
                measured.approval(),
                scene -> given("deliveryProblem", scene.pick("Nobody was there", "The address is unknown", "Refused")));
        message("prepayment-received", 0.75, measured.reaction(), _ -> given());
        message(
                "order-cancelled",
                0.03,
                measured.approval().times(1.5),
                scene -> given(
                        "cancellationReason",
                        scene.pick("Ordered twice by mistake", "Found it at another supplier", "No longer needed")));
        message(
                "order-question",
                0.08,
                measured.approval().times(1.2),
                scene -> given(
                        "question",
                        scene.pick(
                                "When will it arrive?",
                                "Can you deliver to the side entrance?",
                                "Please add our order number to the invoice")));
    }

    @Override
    Opening open(Scene scene, int number) {
        var dice = scene.dice();
        var customer = dice.pick(company.customers());
        var lines = new ArrayList<Object>();
        double amount = 0;
        var shelf = new ArrayList<>(PRODUCTS);
        for (int line = dice.between(1, 4); line > 0; line--) {
            var product = shelf.remove(dice.between(0, shelf.size() - 1));
            int quantity = dice.between(1, product.most());
            lines.add(given("article", product.article(), "quantity", quantity));
            amount += product.price() * quantity;
        }
        var owner = dice.pick(company.members("sales"));
        return new Opening(
                dice.chance(0.5) ? "order-placed" : null,
                owner,
                given(
                        "orderNumber",
                        "SO-" + (48_200 + number),
                        "customer",
                        customer.name(),
                        "customerMail",
                        customer.email(),
                        "amount",
                        BigDecimal.valueOf(Math.round(amount * 100), 2),
                        "currency",
                        "EUR",
                        "lines",
                        lines,
                        "deliveryAddress",
                        customer.address(),
                        "deliverBy",
                        scene.today().plusDays(dice.between(7, 21)).toString(),
                        "rating",
                        customer.rating(),
                        "openBalance",
                        dice.money(4_000, 0.9),
                        "overdueDays",
                        dice.chance(0.88) ? 0 : dice.between(3, 60),
                        "caseOwner",
                        owner));
    }

    private void order() {
        task(
                "check-order",
                measured.approval().times(0.25),
                scene -> scene.same(
                        "customer", "orderNumber", "amount", "currency", "lines", "deliveryAddress", "deliverBy"));
        task("review-credit", measured.approval().times(0.9), scene -> {
            var outcome = scene.dice().weighted("approved", 70, "prepay", 21, "refused", 9);
            return given(
                    "outcome",
                    outcome,
                    "reason",
                    switch (outcome) {
                        case "approved" -> null;
                        case "prepay" -> "Invoices are overdue; we deliver as soon as this order is paid";
                        default -> "Please settle the overdue invoices first";
                    });
        });
        task(
                "agree-new-date",
                measured.approval().times(0.6),
                scene -> given(
                        "newDate",
                        scene.today().plusDays(scene.dice().between(2, 9)).toString(),
                        "agreement",
                        "The customer waits for the missing article"));
        task(
                "settle-cancellation",
                measured.approval(),
                scene -> given(
                        "refund",
                        scene.dice().chance(0.7) ? scene.number("amount").multiply(REFUND_ALL) : BigDecimal.ZERO,
                        "returnNeeded",
                        scene.dice().weighted("none", 6, "return", 3, "keep", 1)));
        task(
                "answer-question",
                measured.approval().times(0.3),
                scene -> given("answer", scene.pick("It leaves our warehouse tomorrow", "Noted, we take care of it")));
    }

    private void whatLacks() {
        handback("review-credit", 0.1, "The customer's last balance is missing", "Which of the two companies is it?");
        handback("pack-goods", 0.05, "The picking list names another shelf", "The delivery address is incomplete");
        handback("agree-new-date", 0.08, "Which article is it, and how many?");
        handback("settle-cancellation", 0.15, "What has left the house already?");
    }

    private void delivery() {
        task(
                "pack-goods",
                measured.approval().times(0.3),
                scene -> given(
                        "parcels",
                        scene.dice().between(1, 6),
                        "weight",
                        BigDecimal.valueOf(scene.dice().between(8, 900), 1),
                        "fragile",
                        scene.dice().chance(0.25)));
        task(
                "hurry-warehouse",
                measured.approval().times(0.5),
                scene -> given(
                        "warehouseAnswer",
                        scene.pick(
                                "The picking list was lost, starting now",
                                "Two people are ill",
                                "Waiting for a pallet"),
                        "promisedFor",
                        scene.today().plusDays(1).toString()));
        task(
                "solve-delivery",
                measured.approval().times(0.7),
                scene -> given(
                        "outcome",
                        scene.dice().weighted("again", 6, "delivered", 4 + 10 * scene.before()),
                        "deliveryAddress",
                        scene.text("deliveryAddress"),
                        "deliveryNote",
                        scene.pick("The porter had taken it", "Goods-in closes at four; agreed a morning slot")));
        task("confirm-receipt", measured.reaction().times(1.4), 0.1, scene -> {
            var fine = !scene.chance(0.08);
            return given(
                    "outcome",
                    fine ? "fine" : "problem",
                    "complaint",
                    fine
                            ? null
                            : scene.pick(
                                    "One carton is crushed", "Two boxes are missing", "The wrong size was delivered"));
        });
    }
}
