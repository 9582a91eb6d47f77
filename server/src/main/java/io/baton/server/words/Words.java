package io.baton.server.words;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The words of one language, from {@code words/LANGUAGE.properties}: one catalogue for mails, chat and the pages of
 * people outside. {@code {0}} stands for what is given. A test compares the languages key by key.
 */
public final class Words {

    /** The first is what everybody gets whose language is not here. */
    public static final List<String> LANGUAGES = List.of("en", "de", "fr", "es");

    private static final Map<String, Words> ALL = all();

    private static final long MB = 1 << 20;

    private final Locale locale;
    private final Properties texts;

    private Words(Locale locale, Properties texts) {
        this.locale = locale;
        this.texts = texts;
    }

    private static Map<String, Words> all() {
        var all = new LinkedHashMap<String, Words>();
        for (var language : LANGUAGES) {
            // Day before month everywhere, which English of the United States would turn round.
            var locale = language.equals("en") ? Locale.UK : Locale.of(language);
            all.put(language, new Words(locale, read(language)));
        }
        return all;
    }

    private static Properties read(String language) {
        var name = "/words/" + language + ".properties";
        try (var file = Objects.requireNonNull(Words.class.getResourceAsStream(name), name);
                var reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            var texts = new Properties();
            texts.load(reader);
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a BCP 47 language tag such as {@code de-CH}; English where it is missing or not spoken here. */
    public static Words of(@Nullable String tag) {
        var language = tag == null
                ? "en"
                : Locale.forLanguageTag(tag.replace('_', '-')).getLanguage();
        return Objects.requireNonNull(ALL.getOrDefault(language, ALL.get("en")));
    }

    public Locale locale() {
        return locale;
    }

    /** Two letters, as in {@code <html lang>}. */
    public String language() {
        return locale.getLanguage();
    }

    public String say(String key, Object... given) {
        var text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no words for '" + key + "' in " + language());
        }
        // In one pass: what is given may itself look like a place for something.
        var said = new StringBuilder(text.length() + 32);
        int at = 0;
        while (at < text.length()) {
            if (at + 2 < text.length() && text.charAt(at) == '{' && text.charAt(at + 2) == '}') {
                said.append(given[text.charAt(at + 1) - '0']);
                at += 3;
            } else {
                said.append(text.charAt(at++));
            }
        }
        return said.toString();
    }

    public boolean knows(String key) {
        return texts.containsKey(key);
    }

    /** {@code Thursday, 12 November 2026}. */
    public String date(Instant at, ZoneId zone) {
        return date(at.atZone(zone).toLocalDate());
    }

    public String date(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                .withLocale(locale)
                .format(day);
    }

    /** "UTC", where its offset would be written as "Z", which nobody reads as a clock. */
    private static ZoneId named(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : zone;
    }

    /** With the time of day and the zone's name, which says whose clock is meant. */
    public String moment(Instant at, ZoneId zone) {
        return date(at, zone) + ", "
                + DateTimeFormatter.ofPattern("HH:mm zzz", locale).format(at.atZone(named(zone)));
    }

    /** From when until when, with the zone's name: {@code Thursday, 12 November 2026, 15:00–16:00 CET}. */
    public String span(Instant from, Instant until, ZoneId zone) {
        return date(from, zone) + ", " + time(from, zone) + "–"
                + DateTimeFormatter.ofPattern("HH:mm zzz", locale).format(until.atZone(named(zone)));
    }

    public String time(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofPattern("HH:mm", locale).format(at.atZone(zone));
    }

    /** {@code Central European Time}. */
    public String zone(ZoneId zone) {
        return named(zone).getDisplayName(TextStyle.FULL, locale);
    }

    /** {@code 240 KB}, {@code 1.2 MB}; of bytes. */
    public String size(long bytes) {
        var number = NumberFormat.getNumberInstance(locale);
        number.setMaximumFractionDigits(bytes < MB ? 0 : 1);
        return bytes < MB
                ? number.format(Math.max(1, bytes >> 10)) + " KB"
                : number.format((double) bytes / MB) + " MB";
    }

    Set<String> keys() {
        return new TreeSet<>(texts.stringPropertyNames());
    }

    String raw(String key) {
        return texts.getProperty(key);
    }
}
