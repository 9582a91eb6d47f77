package io.baton.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.Node;
import io.baton.server.directory.Person;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The look for people outside, and what lies in the outbox for them. */
class BrandRoutesTest {

    private static final Company COMPANY = new Company();

    @AfterAll
    static void close() {
        COMPANY.close();
    }

    @Test
    void administratorsChangeTheLook_andGuestsSeeIt() {
        var all =
                Map.of("name", "Acme", "colour", "#aa0000", "logo", "https://cdn.example.com/acme.png", "linkDays", 7);
        var brand = COMPANY.chief.put("/api/brand", all).expect(200).json();
        assertThat(brand.get("colour").asString()).isEqualTo("#aa0000");
        assertThat(COMPANY.chief.get("/api/brand").expect(200).json()).isEqualTo(brand);
        assertThat(COMPANY.server.anonymous().get("/guest/brand.css").body()).contains("#aa0000");
        var audit = COMPANY.chief.get("/api/audit?act=BRAND_PUT").json().get("items");
        assertThat(audit.size()).isEqualTo(1);

        var vera = COMPANY.server
                .directory()
                .add(Person.contact("Vera", "vera@vendor.example", "Vendor"))
                .orElseThrow();
        var _ = COMPANY.server.bean(Node.class).links().issue(vera, 0, 0);
        assertThat(COMPANY.server
                        .sql()
                        .sql("select extract(day from expires_at - created_at)::int from guest_link where person = ?")
                        .param(vera)
                        .query(Integer.class)
                        .single())
                .isEqualTo(7);

        var plain = COMPANY.chief
                .put("/api/brand", Map.of("name", "Acme"))
                .expect(200)
                .json();
        assertThat(plain.get("colour").asString()).isEqualTo("#1d4ed8");
        assertThat(plain.get("logo").isNull()).isTrue();
        assertThat(plain.get("linkDays").asInt()).isEqualTo(30);
    }

    @Test
    void whatIsWrongIsRefused() {
        for (var wrong : java.util.List.of(
                Map.of("name", ""),
                Map.of("name", "x".repeat(101)),
                Map.of("name", "A", "colour", "red;}body{display:none"),
                Map.of("name", "A", "logo", "http://example.com/a.png"),
                Map.of("name", "A", "logo", "javascript:alert(1)"),
                Map.of("name", "A", "linkDays", 0),
                Map.of("name", "A", "linkDays", 367))) {
            COMPANY.chief.put("/api/brand", wrong).expectProblem(422, "InvalidInput");
        }
        COMPANY.adaClient.get("/api/brand").expect(403);
    }

    @Test
    void aCodeLiesInTheOutboxForAsLongAsItIsGood() {
        var node = COMPANY.server.bean(Node.class);
        var vera = COMPANY.server
                .directory()
                .find(COMPANY.server
                        .directory()
                        .add(Person.contact("Vic", "vic@vendor.example", "Vendor"))
                        .orElseThrow())
                .orElseThrow();
        for (var code : java.util.List.of("123456", "654321")) {
            node.knownAddress().sendCode(vera, "PAY-1", code);
        }
        var path = "/api/outbox?person=" + vera.id();
        var items = COMPANY.chief.get(path).expect(200).json().get("items");
        assertThat(items.size())
                .as("the second does not get lost behind the first")
                .isEqualTo(2);
        var mail = "/api/outbox/" + items.get(0).get("id").asString();
        assertThat(COMPANY.chief.get(mail).expect(200).json().get("text").asString())
                .contains("654321");

        COMPANY.server.clock().advance(Duration.ofMinutes(10));
        assertThat(COMPANY.chief.get(path).json().get("items").size()).isZero();
        COMPANY.chief.get(mail).expect(404);
        node.forgetOldDeliveries().tick();
        assertThat(COMPANY.server
                        .sql()
                        .sql("select count(*) from outbox where person = ?")
                        .param(vera.id())
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
