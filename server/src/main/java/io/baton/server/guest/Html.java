package io.baton.server.guest;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.baton.engine.Booking;
import io.baton.engine.Step;
import io.baton.server.directory.Brand;
import io.baton.server.directory.Directory;
import io.baton.server.directory.Person;
import io.baton.server.guest.Pages.Reader;
import io.baton.server.guest.Pages.Sent;
import io.baton.server.guest.Views.Frame;
import io.baton.server.guest.Views.Language;
import io.baton.server.words.Words;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Pages as answers: rendered by templates that escape, in the reader's language, with headers that let nothing of them out.
 * Nothing is loaded but our one script and the organisation's logo, and nothing is kept.
 */
final class Html {

    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final Pages pages;
    private final Directory directory;

    Html(Pages pages, Directory directory) {
        this.pages = pages;
        this.directory = directory;
    }

    // The pages

    ResponseEntity<String> task(Reader reader, HttpStatus status, GuestCase seen, Step step, Sent sent) {
        var task = pages.task(reader, seen, step, sent);
        return page(reader, status, task.name(), task.path(), "guest/task.jte", Map.of("task", task));
    }

    ResponseEntity<String> confirmation(
            Reader reader,
            HttpStatus status,
            GuestCase seen,
            Step step,
            String nonce,
            Map<String, List<String>> sent,
            boolean code,
            @Nullable String error) {
        return confirmation(
                reader,
                status,
                seen,
                reader.path(seen.row().id(), step.id()),
                seen.node(step).element().label(),
                pages.summary(reader, seen, step, sent),
                nonce,
                SentAct.word(sent),
                code,
                error);
    }

    private ResponseEntity<String> confirmation(
            Reader reader,
            HttpStatus status,
            GuestCase seen,
            String path,
            String label,
            List<Views.Fact> summary,
            String nonce,
            String act,
            boolean code,
            @Nullable String error) {
        var words = reader.words();
        var confirmation = new Views.Confirmation(
                path,
                words.language(),
                act,
                nonce,
                words.say("guest.confirm." + act, label, directory.brand().name()),
                summary,
                words.say("guest.sure." + act),
                words.say("guest.button." + act),
                path + "?draft=" + nonce + "&lang=" + words.language(),
                code ? masked(String.valueOf(reader.person().email())) : null,
                error,
                pages.standing(reader, seen));
        return page(
                reader,
                status,
                words.say("guest.confirm.title"),
                path,
                "guest/confirmation.jte",
                Map.of("confirmation", confirmation));
    }

    ResponseEntity<String> appointment(Reader reader, HttpStatus status, GuestCase seen, Booking booking, Sent sent) {
        var appointment = pages.appointment(reader, seen, booking, sent);
        return page(
                reader,
                status,
                appointment.name(),
                appointment.path(),
                "guest/appointment.jte",
                Map.of("appointment", appointment));
    }

    ResponseEntity<String> confirmation(
            Reader reader,
            HttpStatus status,
            GuestCase seen,
            Booking booking,
            String nonce,
            Map<String, List<String>> sent,
            @Nullable String error) {
        return confirmation(
                reader,
                status,
                seen,
                AppointmentPages.path(reader, seen, booking),
                seen.label(booking),
                pages.summary(reader, seen, booking, sent),
                nonce,
                SentAct.word(sent),
                false,
                error);
    }

    /** Enough of it that its owner knows which, and nobody else. */
    static String masked(String email) {
        var at = email.indexOf('@');
        return at < 1 ? "" : email.substring(0, 1) + "•••" + email.substring(at);
    }

    ResponseEntity<String> overview(Reader reader, Views.Overview overview) {
        var standing = overview.standing();
        var title = standing == null
                ? reader.words().say("guest.owe.title")
                : standing.title() == null ? standing.process() : standing.title();
        return page(reader, HttpStatus.OK, title, reader.path(), "guest/overview.jte", Map.of("overview", overview));
    }

    ResponseEntity<String> receipt(Reader reader, Views.Receipt receipt) {
        return page(
                reader,
                HttpStatus.OK,
                reader.words().say("guest.receipt.title"),
                receipt.file().replace(".json", ""),
                "guest/receipt.jte",
                Map.of("receipt", receipt));
    }

    /** {@code again} is where another link can be asked for. */
    ResponseEntity<String> note(Reader reader, HttpStatus status, String what, @Nullable String again) {
        return note(reader.words(), status, what, again, reader.path());
    }

    /** Of a link that is none nothing is told, not even for whom it might have been. */
    ResponseEntity<String> unknown(HttpServletRequest request) {
        return note(words(request, null), HttpStatus.NOT_FOUND, "unknown", null, "");
    }

    private ResponseEntity<String> note(
            Words words, HttpStatus status, String what, @Nullable String again, String path) {
        var title = words.say("guest.note." + what + ".title");
        var note = new Views.Note(
                title,
                words.say("guest.note." + what + ".text", directory.brand().name()),
                again,
                words.language());
        return answer(words, status, title, path, "guest/note.jte", Map.of("note", note));
    }

    // How they are made

    private ResponseEntity<String> page(
            Reader reader, HttpStatus status, String title, String path, String template, Map<String, Object> shown) {
        return answer(reader.words(), status, title, path, template, shown);
    }

    private ResponseEntity<String> answer(
            Words words, HttpStatus status, String title, String path, String template, Map<String, Object> shown) {
        var brand = directory.brand();
        var sheet = GuestAssets.sheet(brand);
        var frame = new Frame(words, brand, GuestAssets.version(), sheet, title, languages(words, path));
        var html = new StringOutput();
        var given = new HashMap<>(shown);
        given.put("frame", frame);
        TEMPLATES.render(template, given, html);
        return ResponseEntity.status(status)
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", policy(brand, sheet))
                .header("X-Robots-Tag", "noindex, nofollow")
                .header(HttpHeaders.CONTENT_LANGUAGE, words.language())
                .body(html.toString());
    }

    /** Of styles only this very sheet. */
    private static String policy(Brand brand, String sheet) {
        return "default-src 'none'; style-src 'sha256-"
                + GuestAssets.digest(sheet)
                + "'; script-src 'self'; connect-src 'self'; img-src 'self'"
                + logoOrigin(brand)
                + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    private static String logoOrigin(Brand brand) {
        if (brand.logo() == null) {
            return "";
        }
        try {
            var logo = URI.create(brand.logo());
            return " https://" + logo.getHost() + (logo.getPort() < 0 ? "" : ":" + logo.getPort());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static List<Language> languages(Words words, String path) {
        return Words.LANGUAGES.stream()
                .map(code -> new Language(
                        code,
                        name(code),
                        path.isEmpty() ? "?lang=" + code : path + "?lang=" + code,
                        code.equals(words.language())))
                .toList();
    }

    private static String name(String code) {
        var locale = Locale.of(code);
        var name = locale.getDisplayLanguage(locale);
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    Reader reader(String secret, Link link, Person person, HttpServletRequest request) {
        return new Reader(
                person,
                link,
                Links.PATH + secret,
                words(request, person),
                pages.zone(person.id()),
                GuestCookie.read(request).orElse(null));
    }

    /** As they chose on the page, else as the directory knows of them, else as their browser asks. */
    Words words(HttpServletRequest request, @Nullable Person person) {
        var chosen = request.getParameter("lang");
        if (chosen != null && Words.LANGUAGES.contains(chosen)) {
            return Words.of(chosen);
        }
        var known = person == null ? null : person.profile().locale();
        return Words.of(known == null ? request.getLocale().toLanguageTag() : known);
    }
}
