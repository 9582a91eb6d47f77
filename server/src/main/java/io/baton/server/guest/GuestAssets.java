package io.baton.server.guest;

import io.baton.server.directory.Brand;
import io.baton.server.directory.Directory;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The two style sheets of the pages, ours and the organisation's colours, and their script. They know nothing of who reads. */
@RestController
@Hidden
class GuestAssets {

    private static final MediaType CSS = new MediaType("text", "css", StandardCharsets.UTF_8);
    private static final CacheControl FOR_A_DAY =
            CacheControl.maxAge(Duration.ofDays(1)).cachePublic();
    private static final String SHEET = read("page.css");
    private static final String SCRIPT = read("page.js");
    private static final MediaType JAVASCRIPT = new MediaType("text", "javascript", StandardCharsets.UTF_8);

    private final Directory directory;

    GuestAssets(Directory directory) {
        this.directory = directory;
    }

    private static String read(String name) {
        try (var file = Objects.requireNonNull(GuestAssets.class.getResourceAsStream("/guest/" + name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes into the addresses of the sheets, so that a browser never keeps an old one. */
    static String version(Brand brand) {
        return Integer.toHexString(Objects.hash(SHEET, SCRIPT, brand.colour()));
    }

    @GetMapping("/guest/page.css")
    ResponseEntity<String> sheet() {
        return css(SHEET);
    }

    @GetMapping("/guest/page.js")
    ResponseEntity<String> script() {
        return ResponseEntity.ok()
                .contentType(JAVASCRIPT)
                .cacheControl(FOR_A_DAY)
                .body(SCRIPT);
    }

    /** A colour is six hexadecimal digits: {@link Brand} lets nothing else in. */
    @GetMapping("/guest/brand.css")
    ResponseEntity<String> brand() {
        var brand = directory.brand();
        return css(":root{--brand:" + brand.colour() + ";--on-brand:" + brand.onColour() + "}\n");
    }

    private static ResponseEntity<String> css(String sheet) {
        return ResponseEntity.ok().contentType(CSS).cacheControl(FOR_A_DAY).body(sheet);
    }
}
