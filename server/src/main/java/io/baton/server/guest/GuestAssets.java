package io.baton.server.guest;

import io.baton.server.directory.Brand;
import io.baton.server.directory.Directory;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the pages look like: our style sheet with the organisation's colours, and their script. The sheet stands in each page,
 * so that a slow phone draws it without asking for anything more; others fetch it. They know nothing of who reads.
 */
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

    /** Goes into the address of the script, so that a browser never keeps an old one. */
    static String version() {
        return Integer.toHexString(SCRIPT.hashCode());
    }

    /** As it stands in a page. */
    static String sheet(Brand brand) {
        return SHEET + colours(brand);
    }

    /** By which a page names the only sheet that it allows. */
    static String digest(String sheet) {
        try {
            var bytes = MessageDigest.getInstance("SHA-256").digest(sheet.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String colours(Brand brand) {
        return ":root{--brand:" + brand.colour() + ";--on-brand:" + brand.onColour() + "}\n";
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
        return css(colours(directory.brand()));
    }

    private static ResponseEntity<String> css(String sheet) {
        return ResponseEntity.ok().contentType(CSS).cacheControl(FOR_A_DAY).body(sheet);
    }
}
