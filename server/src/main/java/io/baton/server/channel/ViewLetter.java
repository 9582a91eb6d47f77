package io.baton.server.channel;

import java.util.List;
import java.util.UUID;

/**
 * A view of the tower as somebody is sent it, every {@code day} or {@code week}.
 *
 * @param mark names it to the world outside: the same for the same view, person and time, 16 hexadecimal digits
 * @param path where the view is, in the web app
 */
public record ViewLetter(
        UUID view,
        String every,
        String mark,
        String subject,
        String lead,
        List<Letter.Fact> facts,
        List<Letter.Item> items,
        String path) {

    public ViewLetter {
        facts = List.copyOf(facts);
        items = List.copyOf(items);
    }
}
