package io.baton.server.room;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A signed receipt as a file: readable JSON with the signature at its end. There is one way to write the same receipt, and
 * a file that is written otherwise is no receipt, so that no byte can be changed unseen.
 */
public record Receipt(byte[] file) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int BYTES_MAX = 20_000_000;

    /** What was found: {@code problem} is null where all is well. */
    public record Verdict(
            @Nullable String problem, @Nullable String fingerprint, String text) {
        public boolean isGood() {
            return problem == null;
        }

        static Verdict bad(String problem) {
            return new Verdict(problem, null, "");
        }
    }

    static Receipt of(Map<String, Object> content, String publicKey, String signature) {
        var whole = new LinkedHashMap<>(content);
        whole.put("publicKey", publicKey);
        whole.put("signature", signature);
        return new Receipt(write(whole));
    }

    private static byte[] write(Object json) {
        return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The receipt without its key and signature. */
    static byte[] signedBytes(Object content) {
        return write(content);
    }

    /** Checks it, offline. {@code expected} is the key it must be signed with; null takes the one in the receipt. */
    public static Verdict verify(byte[] file, @Nullable PublicKey expected) {
        if (file.length > BYTES_MAX) {
            return Verdict.bad("This file is too large to be a receipt.");
        }
        JsonNode json;
        try {
            json = JSON.readTree(file);
        } catch (JacksonException _) {
            return Verdict.bad("This file is no receipt, or it is damaged.");
        }
        if (!(json instanceof ObjectNode whole)
                || !whole.path("receipt").asString("").equals("baton/1")) {
            return Verdict.bad("This file is no receipt, or it is damaged.");
        }
        if (!Arrays.equals(write(whole), file)) {
            return Verdict.bad("The file has been changed: it is not written as a receipt is.");
        }
        var content = whole.deepCopy();
        var publicKey = content.remove("publicKey");
        var signature = content.remove("signature");
        try {
            var encoded = strict(publicKey);
            var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            if (expected != null && !expected.equals(key)) {
                return Verdict.bad("The receipt is signed with another key than the one given.");
            }
            var check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(signedBytes(content));
            return check.verify(strict(signature))
                    ? new Verdict(null, fingerprint(key), text(content))
                    : Verdict.bad("The receipt has been changed: its signature does not fit.");
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Verdict.bad("The receipt has been changed: its key or signature cannot be read.");
        }
    }

    /** Base64 in its one right form: other characters at the end could mean the same bytes. */
    private static byte[] strict(@Nullable JsonNode value) {
        var text = value == null ? "" : value.asString("");
        var bytes = Base64.getDecoder().decode(text);
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("not the usual Base64");
        }
        return bytes;
    }

    /** By which people compare keys. */
    public static String fingerprint(PublicKey key) {
        return HexFormat.of().formatHex(Digests.bytes(key.getEncoded()));
    }

    /** All that is in it. */
    public JsonNode content() {
        return JSON.readTree(file);
    }

    /** Of the key that it is signed with. */
    public String fingerprint() {
        return HexFormat.of().formatHex(Digests.bytes(strict(content().get("publicKey"))));
    }

    /** The receipt for people. */
    public String text() {
        return text((ObjectNode) content());
    }

    private static String text(ObjectNode content) {
        var text = new StringBuilder("Receipt for %s (%s)%ncase %s, issued %s%n%n"
                .formatted(
                        content.path("name").asString(""),
                        content.path("person").asString(""),
                        content.path("case").asString(""),
                        content.path("issuedAt").asString("")));
        for (var act : content.path("acts")) {
            text.append("%s  entry %d  %s%n"
                    .formatted(act.path("at").asString(""), act.path("entry").asInt(0), sentence(act)));
        }
        if (content.path("acts").isEmpty()) {
            text.append("No act of theirs is in the journal.%n".formatted());
        }
        return text.append("%nThe journal had %d entries then; its last hash is %s.%n"
                        .formatted(
                                content.path("journal").path("entries").asInt(0),
                                content.path("journal").path("hash").asString("")))
                .toString();
    }

    private static String sentence(JsonNode act) {
        var words = act.path("act")
                .asString("")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(java.util.Locale.ROOT);
        var facts = act.properties().stream()
                .filter(field -> !java.util.Set.of("entry", "at", "act", "hash").contains(field.getKey()))
                .map(field -> field.getKey() + " "
                        + (field.getValue().isString()
                                ? field.getValue().asString()
                                : field.getValue().toString()))
                .collect(Collectors.joining(", "));
        return facts.isEmpty() ? words : words + ": " + facts;
    }
}
