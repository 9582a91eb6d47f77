package io.baton.server.room;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What shows that somebody signed: who, when, which bytes, from where, and how it was known that it was they. It is in the
 * sealed document, and its digest in the journal.
 */
record Evidence(
        String caseKey,
        int step,
        String file,
        String fileName,
        String digest,
        Instant at,
        Signatures.Signer signer,
        Signatures.Mark mark) {

    /** Always the same bytes for the same evidence. */
    String json() {
        var record = new LinkedHashMap<String, @Nullable Object>();
        record.put("case", caseKey);
        record.put("step", step);
        record.put("file", file);
        record.put("fileName", fileName);
        record.put("sha256", digest);
        record.put("signedAt", at.toString());
        record.put("person", signer.person());
        record.put("name", signer.name());
        record.put("identifiedBy", signer.identified().name());
        record.put("address", signer.address());
        record.put("userAgent", signer.userAgent());
        record.put("writtenName", mark.name());
        record.put("drawing", mark.drawing() == null ? null : Map.of("sha256", Digests.of(mark.drawing())));
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(record);
    }
}
