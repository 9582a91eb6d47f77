package io.baton.server.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.server.web.TestClient;
import io.baton.server.web.TestClient.Response;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.util.HtmlUtils;

/** Reads our own pages as a browser without scripts does: links, and forms with what is in them. */
final class GuestBrowser {

    private static final Pattern FORM =
            Pattern.compile("<form[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern CONTROL =
            Pattern.compile("<(input|textarea|select)\\b([^>]*)>(?:([^<]*)</textarea>)?", Pattern.DOTALL);
    private static final Pattern HREF = Pattern.compile("<a[^>]*href=\"([^\"]*)\"");

    private static final String BOUNDARY = "----baton7MA4YWxk";

    final TestClient client;

    GuestBrowser(TestClient client) {
        this.client = client;
    }

    /** {@code boxes} are radio buttons and check boxes, with all their values. */
    record Form(String action, Map<String, List<String>> values, Map<String, List<String>> boxes) {

        Form with(String name, String... texts) {
            var changed = new LinkedHashMap<>(values);
            changed.put(name, List.of(texts));
            return new Form(action, changed, boxes);
        }
    }

    Response get(String path) {
        return client.get(path);
    }

    Response send(Form form) {
        var body = new StringBuilder();
        form.values()
                .forEach((name, texts) -> texts.forEach(text -> body.append(body.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(text, StandardCharsets.UTF_8))));
        return client.send(
                "POST",
                form.action(),
                "application/x-www-form-urlencoded",
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A file that was chosen for a field. */
    record Chosen(String field, String name, byte[] bytes) {}

    /** As a browser sends a form with files, one after the other. */
    Response send(Form form, Chosen... files) {
        var body = new ByteArrayOutputStream();
        form.values().forEach((name, texts) -> {
            if (Stream.of(files).noneMatch(file -> file.field().equals(name))
                    || form.boxes().containsKey(name)) {
                texts.forEach(text -> part(body, "name=\"" + name + "\"", text.getBytes(StandardCharsets.UTF_8)));
            }
        });
        for (var file : files) {
            part(body, "name=\"" + file.field() + "\"; filename=\"" + file.name() + "\"", file.bytes());
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return client.send("POST", form.action(), "multipart/form-data; boundary=" + BOUNDARY, body.toByteArray());
    }

    private static void part(ByteArrayOutputStream body, String disposition, byte[] bytes) {
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bytes);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    static List<Form> forms(String html) {
        var forms = new ArrayList<Form>();
        var found = FORM.matcher(html);
        while (found.find()) {
            var values = new LinkedHashMap<String, List<String>>();
            var boxes = new LinkedHashMap<String, List<String>>();
            var control = CONTROL.matcher(found.group(2));
            while (control.find()) {
                var name = attribute(control.group(2), "name");
                var value = HtmlUtils.htmlUnescape(
                        control.group(3) == null ? attribute(control.group(2), "value") : control.group(3));
                var type = attribute(control.group(2), "type");
                if (type.equals("radio") || type.equals("checkbox")) {
                    boxes.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
                    if (control.group(2).contains(" checked")) {
                        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
                    }
                } else {
                    values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
                }
            }
            forms.add(new Form(HtmlUtils.htmlUnescape(found.group(1)), values, boxes));
        }
        return forms;
    }

    /** The form that asks for this act; the answer is the first. */
    static Form form(Response page, String act) {
        return forms(page.body()).stream()
                .filter(form -> form.values().getOrDefault("act", List.of()).contains(act))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no form for " + act + " in " + page.body()));
    }

    static Form only(Response page) {
        var forms = forms(page.body());
        assertThat(forms).as(page.body()).hasSize(1);
        return forms.getFirst();
    }

    static List<String> links(String html) {
        return HREF.matcher(html)
                .results()
                .map(found -> HtmlUtils.htmlUnescape(found.group(1)))
                .filter(link -> link.startsWith("/"))
                .distinct()
                .toList();
    }

    private static String attribute(String tag, String name) {
        var found = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return found.find() ? found.group(1) : "";
    }
}
