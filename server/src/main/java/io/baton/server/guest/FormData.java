package io.baton.server.guest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * A form with files, read as it comes in: no file is ever whole in memory or on this machine's disk. What it says is read
 * like the parameters of any other request.
 */
final class FormData extends HttpServletRequestWrapper {

    /** Fields and files of one form. */
    static final int PARTS_MAX = 1_000;

    static final int FILES_MAX = 20;

    /** All texts of a form together; a drawn signature is the longest. */
    static final int TEXT_BYTES_MAX = 1 << 20;

    private final Map<String, String[]> texts;

    private FormData(HttpServletRequest request, Map<String, String[]> texts) {
        super(request);
        this.texts = texts;
    }

    static boolean is(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null && type.regionMatches(true, 0, "multipart/form-data", 0, "multipart/form-data".length());
    }

    /** Gets each file that was chosen; answers with what stands for it among the fields, or null. */
    interface Taker {
        @Nullable
        String take(String field, String name, InputStream bytes);
    }

    /** Empty of whatever came after it broke off, or went over a limit. */
    static HttpServletRequest read(HttpServletRequest request, Taker taker) throws IOException {
        var read = new LinkedHashMap<String, List<String>>();
        var upload = new FileUpload();
        upload.setHeaderEncoding(StandardCharsets.UTF_8.name());
        upload.setFileCountMax(PARTS_MAX);
        int left = TEXT_BYTES_MAX;
        int files = 0;
        try {
            var parts = upload.getItemIterator(new ServletRequestContext(request));
            while (parts.hasNext()) {
                var part = parts.next();
                var field = part.getFieldName();
                if (field == null) {
                    continue;
                }
                if (part.isFormField()) {
                    var bytes = part.openStream().readNBytes(left + 1);
                    left -= bytes.length;
                    if (left < 0) {
                        break;
                    }
                    put(read, field, new String(bytes, StandardCharsets.UTF_8));
                } else if (++files <= FILES_MAX) {
                    var stands = take(part, field, taker);
                    if (stands != null) {
                        put(read, field, stands);
                    }
                }
            }
        } catch (FileUploadException e) {
            throw new IOException("the form cannot be read", e);
        }
        var texts = new LinkedHashMap<String, String[]>();
        read.forEach((field, values) -> texts.put(field, values.toArray(String[]::new)));
        return new FormData(request, texts);
    }

    private static @Nullable String take(FileItemStream part, String field, Taker taker) throws IOException {
        var name = part.getName();
        if (name == null || name.isBlank()) {
            return null;
        }
        return taker.take(field, name, part.openStream());
    }

    private static void put(Map<String, List<String>> read, String field, String text) {
        read.computeIfAbsent(field, _ -> new ArrayList<>()).add(text);
    }

    @Override
    public @Nullable String getParameter(String name) {
        var all = texts.get(name);
        return all == null ? null : all[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        var all = texts.get(name);
        return all == null ? null : all.clone();
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(texts);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(texts.keySet());
    }
}
