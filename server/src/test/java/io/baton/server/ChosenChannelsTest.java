package io.baton.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baton.server.channel.ChannelSettings;
import io.baton.server.channel.Way;
import io.baton.server.database.TestDatabase;
import io.baton.server.directory.Addresses;
import io.baton.server.directory.Changes;
import io.baton.server.directory.Directory;
import io.baton.server.outbound.Allowed;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the settings ask for; and that a mistake in one ends the start with its name and without its secret. */
class ChosenChannelsTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private static ChosenChannels chosen(Map<String, String> settings) {
        var pool = DATABASE.database().pool("chosen", 1);
        var jdbc = JdbcClient.create(pool);
        var changes = new Changes(jdbc, new TransactionTemplate(new DataSourceTransactionManager(pool)));
        return ChosenChannels.of(
                new ChannelSettings(settings),
                jdbc,
                jdbc,
                new Directory(jdbc, changes, _ -> false),
                new Addresses(jdbc, Clock.systemUTC()),
                Clock.systemUTC());
    }

    @Test
    void eachChannelIsThereWhenItsFirstSettingIs() {
        var chosen = chosen(Map.of(
                "BATON_SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/T0/B0/secret",
                "BATON_SLACK_SIGNING_SECRET", "secret",
                "BATON_SMS_URL", "https://sms.example.com/send/{to}",
                "BATON_SMS_BODY", "text={text}"));
        assertThat(chosen.ways().stream().filter(way -> way.channel() != null).map(Way::name))
                .containsExactly("mail", "slack", "sms");
        assertThat(chosen.ways().stream().map(way -> String.valueOf(way.where())))
                .containsExactly("null", "hooks.slack.com", "null", "sms.example.com");
        assertThat(chosen.ways().stream().map(way -> String.valueOf(way.hears())))
                .containsExactly("null", "true", "false", "false");
        assertThat(chosen.ways().toString()).doesNotContain("secret");
    }

    @Test
    void aMistakeIsToldByNameAndWithoutItsSecret() {
        for (var wrong : List.of(
                Map.of("BATON_SLACK_WEBHOOK_URL", "http://hooks.slack.com:22/services/secret"),
                Map.of("BATON_SLACK_WEBHOOK_URL", "hooks.slack.com/services/secret"),
                Map.of("BATON_SLACK_WEBHOOK_URL", "https://hooks slack/secret"),
                Map.of("BATON_TEAMS_WEBHOOK_URL", "file:///etc/secret"),
                Map.of("BATON_SMS_URL", "https://user:secret@sms.example.com/"),
                Map.of("BATON_SMTP_SECONDS", "0"),
                Map.of("BATON_OUTBOUND_ALLOW", "10.0.0.0/8"))) {
            assertThatThrownBy(() -> chosen(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong.keySet().iterator().next())
                    .hasMessageNotContaining("secret");
        }
        assertThatThrownBy(() -> new ChannelSettings(Map.of("BATON_CHANNELS", "pigeon,mail")).channels())
                .hasMessageContaining("BATON_CHANNELS");
        assertThat(new ChannelSettings(Map.of("BATON_CHANNELS", "Chat, mail")).channels())
                .containsExactly("chat", "mail");
        assertThat(Allowed.of(" relay.internal:8443, [::1]:80 ").hosts())
                .containsExactlyInAnyOrder("relay.internal:8443", "[::1]:80");
    }
}
