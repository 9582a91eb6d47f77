package io.baton.server;

import io.baton.server.channel.Callbacks;
import io.baton.server.channel.ChannelSettings;
import io.baton.server.channel.ChatActs;
import io.baton.server.channel.slack.SlackListener;
import io.baton.server.channel.sms.SmsListener;
import io.baton.server.channel.teams.TeamsListener;
import io.baton.server.outbound.Outbound;
import java.util.Optional;

/** The channels that Baton listens to: those whose secret the settings have. */
public record ChosenListeners(Optional<SlackListener> slack, Optional<TeamsListener> teams, Optional<SmsListener> sms) {

    static ChosenListeners of(ChannelSettings settings, Callbacks callbacks, ChatActs acts, Outbound outbound) {
        var slackAnswers = settings.get("BATON_SLACK_ANSWERS_AT", SlackListener.SLACK);
        return new ChosenListeners(
                Optional.ofNullable(settings.get("BATON_SLACK_SIGNING_SECRET"))
                        .map(secret -> new SlackListener(secret, callbacks, acts, outbound, slackAnswers)),
                Optional.ofNullable(settings.get("BATON_TEAMS_SECRET"))
                        .map(secret -> new TeamsListener(secret, teamsName(settings), callbacks, acts)),
                Optional.ofNullable(settings.get("BATON_SMS_CALLBACK_SECRET"))
                        .map(secret -> new SmsListener(
                                secret,
                                settings.get("BATON_SMS_CALLBACK_FROM", "From"),
                                settings.get("BATON_SMS_CALLBACK_TEXT", "Body"),
                                callbacks)));
    }

    /** By what name people in Teams speak to Baton. */
    static String teamsName(ChannelSettings settings) {
        return settings.get("BATON_TEAMS_NAME", "Baton");
    }
}
