package io.baton.server.directory;

import io.baton.engine.Roster;
import io.baton.engine.model.PartyKey;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with a person or a team, all of it at once. Fields are named as the API and the columns of files do. */
final class Check {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");
    private static final int DOMAIN_CHARACTERS_MAX = 253;
    private static final int CENTS = 2;
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private final List<Mistake> mistakes = new ArrayList<>();
    private final Known known;

    private Check(Known known) {
        this.known = known;
    }

    static List<Mistake> person(Person person, Known known) {
        var check = new Check(known);
        check.identity(person);
        check.work(person, person.profile());
        check.reach(person.profile());
        return check.mistakes;
    }

    static List<Mistake> team(Team team, Known known) {
        var check = new Check(known);
        if (!PartyKey.isKey(team.key())) {
            check.wrong("key", "must be small letters and digits with single dashes between");
        }
        check.text("name", team.name(), Team.NAME_CHARACTERS_MAX);
        var lead = team.lead();
        if (lead != null && team.kind() == Team.Kind.ORGANISATION && !known.isPresent(lead)) {
            check.wrong("lead", "is nobody who is here: " + lead);
        } else if (lead != null && team.kind() != Team.Kind.ORGANISATION && !known.isMember(lead)) {
            check.wrong("lead", "is no member who is here: " + lead);
        }
        check.calendar(team.calendar());
        check.zone(team.timeZone());
        check.money("costPerDay", team.costPerDay(), Team.COST_MAX);
        var domain = team.emailDomain();
        if (domain != null
                && (domain.length() > DOMAIN_CHARACTERS_MAX
                        || !DOMAIN.matcher(domain).matches())) {
            check.wrong("emailDomain", "must be a domain in small letters such as example.com");
        }
        return check.mistakes;
    }

    private void identity(Person person) {
        text("name", person.name(), Person.NAME_CHARACTERS_MAX);
        var email = person.email();
        if (email != null
                && (email.length() > Person.EMAIL_CHARACTERS_MAX
                        || !EMAIL.matcher(email).matches())) {
            wrong("email", "must be an e-mail address of at most " + Person.EMAIL_CHARACTERS_MAX + " characters");
        }
        if (person.organisation() != null) {
            text("organisation", person.organisation(), Person.NAME_CHARACTERS_MAX);
            if (person.admin()) {
                wrong("admin", "must be a member, and so of no outside organisation");
            }
        }
        if (person.teams().size() > Person.TEAMS_MAX) {
            wrong("teams", "must be at most " + Person.TEAMS_MAX);
        }
        person.teams().stream()
                .distinct()
                .filter(team -> !known.isTeam(team))
                .forEach(team -> wrong("teams", "has no team " + team));
    }

    private void work(Person person, Profile profile) {
        zone(profile.timeZone());
        calendar(profile.calendar());
        var manager = profile.manager();
        if (manager != null && manager.equals(person.id())) {
            wrong("manager", "must be somebody else");
        } else if (manager != null && !known.isPresent(manager)) {
            wrong("manager", "is nobody who is here: " + manager);
        }
        if (profile.usualWork() < 1 || profile.usualWork() > Profile.USUAL_WORK_MAX) {
            wrong("usualWork", "must be a whole number from 1 to " + Profile.USUAL_WORK_MAX);
        }
        if (profile.skills().size() > Profile.SKILLS_MAX) {
            wrong("skills", "must be at most " + Profile.SKILLS_MAX);
        }
        for (var skill : profile.skills()) {
            text("skills", skill, Profile.SKILL_CHARACTERS_MAX);
            var complaint = Roster.Skill.complaint(skill);
            if (complaint != null) {
                wrong("skills", "has what is no limit: " + complaint);
            }
        }
        money("ratePerHour", profile.ratePerHour(), Profile.RATE_MAX);
    }

    private void reach(Profile profile) {
        var from = profile.quietFrom();
        if ((from == null) != (profile.quietUntil() == null)) {
            wrong(from == null ? "quietFrom" : "quietUntil", "must be there where the other end of the quiet hours is");
        } else if (from != null && from.equals(profile.quietUntil())) {
            wrong("quietUntil", "must be another time than quietFrom");
        }
        if (new HashSet<>(profile.channels()).size() < profile.channels().size()) {
            wrong("channels", "must name each at most once");
        }
        var locale = profile.locale();
        if (locale != null && !isLocale(locale)) {
            wrong("locale", "must be a language tag such as en or pt-BR");
        }
    }

    private static boolean isLocale(String tag) {
        try {
            return tag.length() <= Profile.LOCALE_CHARACTERS_MAX
                    && !new Locale.Builder()
                            .setLanguageTag(tag)
                            .build()
                            .getLanguage()
                            .isEmpty();
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    private void zone(@Nullable String zone) {
        if (zone != null && !ZONES.contains(zone)) {
            wrong("timeZone", "must be the name of a time zone such as Europe/Berlin");
        }
    }

    private void calendar(@Nullable String key) {
        if (key != null && !known.isCalendar(key)) {
            wrong("calendar", "is no calendar: " + key);
        }
    }

    private void money(String field, @Nullable BigDecimal amount, BigDecimal max) {
        if (amount != null
                && (amount.signum() < 0
                        || amount.compareTo(max) > 0
                        || amount.stripTrailingZeros().scale() > CENTS)) {
            wrong(field, "must be an amount from 0 to " + max.toPlainString() + " with at most two decimals");
        }
    }

    private void text(String field, String text, int charactersMax) {
        if (text.isBlank()) {
            wrong(field, "is required");
        } else if (text.length() > charactersMax) {
            wrong(field, "must have at most " + charactersMax + " characters");
        }
    }

    private void wrong(String field, String message) {
        mistakes.add(new Mistake(field, message));
    }
}
