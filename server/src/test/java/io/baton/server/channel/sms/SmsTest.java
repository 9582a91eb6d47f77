package io.baton.server.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.server.channel.ChannelSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is said to a phone, and how a provider is asked to say it. */
class SmsTest {

    private static final String LINK = "https://baton.example.com/g/abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq";

    private static SmsRequest request(String... settings) {
        var all = new LinkedHashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return SmsRequest.of(
                all.getOrDefault("BATON_SMS_URL", "https://sms.example.com/send"), new ChannelSettings(all));
    }

    /** Whatever is said, it is one value of the template's, and the template's shape stays. */
    @Test
    void nothingThatIsSaidEscapesFromItsPlace() {
        var random = new Random(12);
        var json = request("BATON_SMS_BODY", "{\"messages\":[{\"to\":\"{to}\",\"content\":\"Hi: {text}\",\"n\":1}]}");
        var form = request("BATON_SMS_BODY", "To={to}&Body={text}&Key=1");
        for (int i = 0; i < 500; i++) {
            var text = hostile(random);
            var read = JsonMapper.shared()
                    .readTree(
                            String.valueOf(json.call("+4912345678", text, "id").body()));
            assertThat(read.size()).isEqualTo(1);
            assertThat(read.at("/messages/0").size()).isEqualTo(3);
            assertThat(read.at("/messages/0/content").asString()).isEqualTo("Hi: " + text);
            var body = String.valueOf(form.call("+4912345678", text, "id").body());
            assertThat(body.split("&")).hasSize(3);
            assertThat(body).startsWith("To=%2B4912345678&Body=").endsWith("&Key=1");
            assertThat(java.net.URLDecoder.decode(
                            body.split("&")[1].substring("Body=".length()), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(text);
        }
    }

    private static String hostile(Random random) {
        var pieces = List.of(
                "\"",
                "\\",
                "{to}",
                "{text}",
                "}",
                "&",
                "=",
                "%22",
                "\n",
                "\u0000",
                "ä",
                "€",
                "🙂",
                "$1",
                "x ",
                ",\"to\":\"+1\"");
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    @Test
    void aTemplateThatCannotWorkIsRefusedWithTheName() {
        for (var body :
                List.of("{\"to\":\"{to}\"}", "{\"to\": {to}, \"text\": \"{text}\"}", "To={to}&Body={message}")) {
            assertThatThrownBy(() -> request("BATON_SMS_BODY", body)).hasMessageContaining("BATON_SMS_BODY");
        }
        assertThatThrownBy(() -> request("BATON_SMS_BODY", "To={to}&B={text}", "BATON_SMS_HEADERS", "Bearer secret"))
                .hasMessageContaining("BATON_SMS_HEADERS")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> request("BATON_SMS_BODY", "To={to}&B={text}", "BATON_SMS_METHOD", "TRACE"))
                .hasMessageContaining("BATON_SMS_METHOD");
    }

    @Test
    void placeholdersMayStandInTheAddress() {
        var call = request(
                        "BATON_SMS_URL", "https://sms.example.com/send?to={to}&text={text}", "BATON_SMS_METHOD", "GET")
                .call("+4912345678", "a & b=c", "id");
        assertThat(call.url()).hasToString("https://sms.example.com/send?to=%2B4912345678&text=a+%26+b%3Dc");
        assertThat(call.headers()).isEqualTo(Map.of());
        assertThat(call.body()).isNull();
    }

    @Test
    void countsSegmentsAsTheNetworkDoes() {
        assertThat(SmsText.segments("a".repeat(160))).isEqualTo(1);
        assertThat(SmsText.segments("a".repeat(161))).isEqualTo(2);
        assertThat(SmsText.segments("a".repeat(306))).isEqualTo(2);
        assertThat(SmsText.segments("a".repeat(307))).isEqualTo(3);
        assertThat(SmsText.segments("€".repeat(80))).isEqualTo(1);
        assertThat(SmsText.segments("€".repeat(81))).isEqualTo(2);
        assertThat(SmsText.segments("я".repeat(70))).isEqualTo(1);
        assertThat(SmsText.segments("я".repeat(71))).isEqualTo(2);
        assertThat(SmsText.segments("🙂".repeat(36))).isEqualTo(2);
    }

    @Test
    void aTextIsCutToItsSegmentsAndItsLinkIsWhole() {
        var random = new Random(7);
        for (int i = 0; i < 300; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(400); j >= 0; j--) {
                text.appendCodePoint(random.nextInt(10) == 0 ? 0x1F600 + random.nextInt(40) : 'a' + random.nextInt(26));
            }
            var said = SmsText.of(text.toString(), LINK);
            assertThat(said).endsWith(LINK);
            assertThat(SmsText.segments(said)).isLessThanOrEqualTo(SmsText.SEGMENTS_MAX);
        }
        assertThat(SmsText.of("Acme: Please:\n answer\tus", LINK)).isEqualTo("Acme: Please: answer us " + LINK);
    }
}
