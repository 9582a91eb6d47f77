package io.baton.server.guest;

import io.baton.server.guest.GuestPlaces.Place;
import io.baton.server.room.Receipt;
import io.baton.server.room.Receipts;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What the person behind a link sent, saw and decided in a case: to be read and printed, and as the signed file. */
@RestController
@Hidden
class GuestReceiptRoutes {

    private final GuestPlaces places;
    private final Receipts receipts;
    private final ReceiptPages pages;
    private final Html html;

    GuestReceiptRoutes(GuestPlaces places, Receipts receipts, ReceiptPages pages, Html html) {
        this.places = places;
        this.receipts = receipts;
        this.pages = pages;
        this.html = html;
    }

    @GetMapping("/g/{secret}/{task}/receipt")
    ResponseEntity<String> read(@PathVariable String secret, @PathVariable String task, HttpServletRequest request) {
        return places.look(secret, task)
                .flatMap(place -> receipt(place).map(receipt -> {
                    var reader = html.reader(secret, place.link(), place.person(), request);
                    return html.receipt(reader, pages.page(reader, place.seen(), receipt));
                }))
                .orElseGet(() -> html.unknown(request));
    }

    /** To be verified anywhere. */
    @GetMapping("/g/{secret}/{task}/receipt.json")
    ResponseEntity<byte[]> file(@PathVariable String secret, @PathVariable String task) {
        return places.look(secret, task)
                .flatMap(place -> receipt(place)
                        .map(receipt -> ResponseEntity.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .cacheControl(CacheControl.noStore())
                                .header(
                                        HttpHeaders.CONTENT_DISPOSITION,
                                        ContentDisposition.attachment()
                                                .filename("receipt-"
                                                        + place.seen().key() + ".json")
                                                .build()
                                                .toString())
                                .body(receipt.file())))
                .orElse(ResponseEntity.notFound().build());
    }

    private Optional<Receipt> receipt(Place place) {
        return receipts.of(
                place.seen().row().id(), place.person().id(), place.person().name());
    }
}
