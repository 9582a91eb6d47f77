package io.baton.server.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @Test
    void everyLanguageHasTheSameTextsWithTheSamePlaces() {
        var english = Words.of("en");
        for (var language : Words.LANGUAGES) {
            var words = Words.of(language);
            assertThat(words.language()).isEqualTo(language);
            assertThat(words.keys()).as(language).isEqualTo(english.keys());
            for (var key : words.keys()) {
                assertThat(places(words.raw(key))).as(language + " " + key).isEqualTo(places(english.raw(key)));
            }
        }
    }

    private static Object places(String text) {
        return PLACE.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
    }

    @Test
    void aLanguageIsFoundByItsTagAndEnglishOtherwise() {
        assertThat(Words.of("de-CH").language()).isEqualTo("de");
        assertThat(Words.of("es_MX").language()).isEqualTo("es");
        assertThat(Words.of("nl").language()).isEqualTo("en");
        assertThat(Words.of(null).language()).isEqualTo("en");
        assertThat(Words.of("../../x").language()).isEqualTo("en");
    }

    @Test
    void whatIsGivenIsNeverTakenForAPlace() {
        assertThat(Words.of("en").say("offered.lead", "{1}", "{0}")).isEqualTo("{1} asks you for this: {0}.");
    }

    @Test
    void aMomentNamesItsZone() {
        var at = Instant.parse("2026-11-12T14:00:00Z");
        assertThat(Words.of("en").moment(at, ZoneId.of("Europe/Berlin")))
                .isEqualTo("Thursday, 12 November 2026, 15:00 CET");
        assertThat(Words.of("fr").date(at, ZoneId.of("Europe/Paris"))).isEqualTo("jeudi 12 novembre 2026");
    }
}
