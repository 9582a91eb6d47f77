package io.baton.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Members and teams as an identity provider sees them: under its own names, and without those that it has deleted. A
 * deleted person stays in the directory as somebody who has left, and is the same person again when the provider adds
 * them anew.
 */
public final class Provisioning {

    private static final String ACCOUNT_COLUMNS = PersonRow.COLUMNS + ", p.user_name, p.external_id";

    private static final String VISIBLE = "p.kind = 'member' and not p.removed";

    private static final String MATCHES = """
            %s and (:id::text is null or p.id = :id)
                and (:userName::text is null or coalesce(p.user_name, p.email, p.id) = :userName)
                and (:externalId::text is null or p.external_id = :externalId)
                and (:name::text is null or lower(p.name) = lower(:name))
                and (:email::text is null or p.email = :email)""".formatted(VISIBLE);

    private static final String ACCOUNTS = """
            select %s from person p where %s
            order by length(p.id), p.id offset :offset limit :limit""".formatted(ACCOUNT_COLUMNS, MATCHES);

    private static final String COUNT = "select count(*) from person p where " + MATCHES;

    private static final String ACCOUNT =
            "select %s from person p where %s and p.id = ?".formatted(ACCOUNT_COLUMNS, VISIBLE);

    /** Whoever has the user name or the address, deleted or not. */
    private static final String NAMESAKES = """
            select p.id, p.user_name, p.removed, p.kind from person p where p.user_name = :userName or p.email = :email""";

    private static final String NAME = "update person set user_name = ?, external_id = ? where id = ?";

    private static final String REMOVE =
            "update person set removed = true, user_name = null, external_id = null where id = ? and left_at is not null";

    private static final String GROUP_MATCHES = """
            t.kind = 'team' and (:key::text is null or t.key = :key)
                and (:externalId::text is null or t.external_id = :externalId)
                and (:name::text is null or lower(t.name) = lower(:name))
                and (:member::text is null or exists (
                    select from membership m where m.team = t.key and m.person = :member))""";

    private static final String GROUPS = """
            select t.key, t.name, t.external_id from team t where %s
            order by t.key offset :offset limit :limit""".formatted(GROUP_MATCHES);

    private static final String MEMBERS = """
            select m.team, p.id, p.name from membership m join person p on p.id = m.person
            where m.team = any(?::text[]) and %s order by length(p.id), p.id""".formatted(VISIBLE);

    private static final String GROUP_COUNT = "select count(*) from team t where " + GROUP_MATCHES;

    private final JdbcClient database;
    private final Changes changes;
    private final Directory directory;

    public Provisioning(JdbcClient database, Changes changes, Directory directory) {
        this.database = database;
        this.changes = changes;
        this.directory = directory;
    }

    /** {@code userName} is null where the provider gave none: then it is the address, or else the id. */
    public record Account(
            Person person,
            @Nullable String userName,
            @Nullable String externalId) {

        public String name() {
            var email = person.email();
            return userName != null ? userName : email != null ? email : person.id();
        }
    }

    /** A team of people; of its members those that the provider sees. */
    public record Group(String key, String name, @Nullable String externalId, List<PersonName> members) {

        public Group {
            members = List.copyOf(members);
        }
    }

    /** All of what is not null must be equal; but for ids, capitals do not count. */
    public record AccountFilter(
            @Nullable String id,
            @Nullable String userName,
            @Nullable String externalId,
            @Nullable String name,
            @Nullable String email) {}

    public record GroupFilter(
            @Nullable String key,
            @Nullable String externalId,
            @Nullable String name,
            @Nullable String member) {}

    public record Found<T>(long total, List<T> items) {}

    // Accounts

    public Found<Account> accounts(AccountFilter filter, long offset, int limit) {
        var total = bind(database.sql(COUNT), filter).query(Long.class).single();
        var items = bind(database.sql(ACCOUNTS), filter)
                .param("offset", offset)
                .param("limit", limit)
                .query((row, _) -> account(row))
                .list();
        return new Found<>(total, items);
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, AccountFilter filter) {
        return statement
                .param("id", filter.id)
                .param("userName", Directory.normalised(filter.userName))
                .param("externalId", filter.externalId)
                .param("name", filter.name)
                .param("email", Directory.normalised(filter.email));
    }

    public Optional<Account> account(String id) {
        return database.sql(ACCOUNT).param(id).query((row, _) -> account(row)).optional();
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(PersonRow.read(row), row.getString("user_name"), row.getString("external_id"));
    }

    /**
     * Adds a member, or takes one up whom the provider had deleted, or who has its address and is not known to it yet.
     * {@code fields} makes the account out of the one there was, or out of nothing.
     */
    public Written create(String userName, @Nullable String email, UnaryOperator<Account> fields) {
        var name = Objects.requireNonNull(Directory.normalised(userName));
        return changes.make(() -> {
            record Namesake(String id, @Nullable String userName, boolean removed, String kind) {}
            var namesakes = database.sql(NAMESAKES)
                    .param("userName", name)
                    .param("email", Directory.normalised(email))
                    .query((row, _) -> new Namesake(
                            row.getString("id"),
                            row.getString("user_name"),
                            row.getBoolean("removed"),
                            row.getString("kind")))
                    .list();
            for (var namesake : namesakes) {
                if (name.equals(namesake.userName)) {
                    return new Written.UserNameTaken(name);
                }
                if (namesake.userName != null || !namesake.kind.equals(Person.Kind.MEMBER.word())) {
                    return new Written.EmailTaken(String.valueOf(email));
                }
            }
            if (namesakes.isEmpty()) {
                var account = fields.apply(new Account(Person.member("", null, List.of()), null, null));
                return named(directory.create(account.person), account);
            }
            var known = namesakes.getFirst();
            if (known.removed) {
                var _ = directory.comeBack(known.id);
            }
            return change(known.id, fields);
        });
    }

    /** The teams stay as they are: they are the groups' business. */
    public Written change(String id, UnaryOperator<Account> fields) {
        return changes.make(() -> {
            var before = account(id).orElse(null);
            if (before == null) {
                return new Written.NoSuchPerson(id);
            }
            var after = fields.apply(before);
            var name = lower(after.userName);
            if (name != null && isTaken(name, id)) {
                return new Written.UserNameTaken(name);
            }
            return named(directory.change(id, _ -> after.person), after);
        });
    }

    private boolean isTaken(String userName, String id) {
        return database.sql("select exists (select from person where user_name = ? and id <> ?)")
                .param(userName)
                .param(id)
                .query(Boolean.class)
                .single();
    }

    private Written named(Written written, Account account) {
        if (written instanceof Written.Done(var id)) {
            database.sql(NAME)
                    .param(lower(account.userName))
                    .param(account.externalId)
                    .param(id)
                    .update();
        }
        return written;
    }

    private static @Nullable String lower(@Nullable String userName) {
        return userName == null ? null : userName.strip().toLowerCase(Locale.ROOT);
    }

    /** The provider has deleted somebody, who has left; its names for them are free again. */
    public void remove(String id) {
        changes.make(() -> database.sql(REMOVE).param(id).update());
    }

    // Groups

    public Found<Group> groups(GroupFilter filter, long offset, int limit) {
        var total = bind(database.sql(GROUP_COUNT), filter).query(Long.class).single();
        var groups = bind(database.sql(GROUPS), filter)
                .param("offset", offset)
                .param("limit", limit)
                .query((row, _) ->
                        new Group(row.getString("key"), row.getString("name"), row.getString("external_id"), List.of()))
                .list();
        return new Found<>(total, withMembers(groups));
    }

    private List<Group> withMembers(List<Group> groups) {
        var members = new HashMap<String, List<PersonName>>();
        database.sql(MEMBERS)
                .param(groups.stream().map(Group::key).toArray(String[]::new))
                .query(row -> {
                    members.computeIfAbsent(row.getString("team"), _ -> new ArrayList<>())
                            .add(new PersonName(row.getString("id"), row.getString("name")));
                });
        return groups.stream()
                .map(group ->
                        new Group(group.key, group.name, group.externalId, members.getOrDefault(group.key, List.of())))
                .toList();
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, GroupFilter filter) {
        return statement
                .param("key", filter.key)
                .param("externalId", filter.externalId)
                .param("name", filter.name)
                .param("member", filter.member);
    }

    public Optional<Group> group(String key) {
        return groups(new GroupFilter(key, null, null, null), 0, 1).items().stream()
                .findFirst();
    }

    /** Changes a group's names and members in one go; what is null stays. The team must be there. */
    public Written change(String key, @Nullable String name, @Nullable String externalId, Members members) {
        return changes.make(() -> {
            var group = group(key).orElse(null);
            if (group == null) {
                return new Written.NoSuchTeam(key);
            }
            for (var person : members.joining) {
                if (account(person).isEmpty()) {
                    return new Written.NoSuchPerson(person);
                }
            }
            var team = directory.findTeam(key).orElseThrow();
            var written = directory.put(name == null ? team : team.named(name));
            if (!(written instanceof Written.Done)) {
                return written;
            }
            if (externalId != null) {
                nameGroup(key, externalId);
            }
            if (members.only) {
                group.members.stream()
                        .map(PersonName::id)
                        .filter(id -> !members.joining.contains(id))
                        .forEach(id -> directory.leave(id, key));
            }
            members.leaving.forEach(id -> directory.leave(id, key));
            members.joining.forEach(id -> directory.join(id, key));
            return written;
        });
    }

    /** {@code only}: nobody else is to be in the team. */
    public record Members(Set<String> joining, Set<String> leaving, boolean only) {

        public static final Members AS_THEY_ARE = new Members(Set.of(), Set.of(), false);

        public Members {
            joining = Set.copyOf(joining);
            leaving = Set.copyOf(leaving);
        }
    }

    /** Adds a team with these members, unless there is one with that key. */
    public Written create(Team team, @Nullable String externalId, Members members) {
        return changes.make(() -> {
            var key = team.key();
            if (directory.findTeam(key).isPresent()) {
                return new Written.TeamTaken(key);
            }
            for (var person : members.joining) {
                if (account(person).isEmpty()) {
                    return new Written.NoSuchPerson(person);
                }
            }
            var written = directory.put(team);
            return written instanceof Written.Done ? change(key, null, externalId, members) : written;
        });
    }

    private void nameGroup(String key, String externalId) {
        database.sql("update team set external_id = ? where key = ?")
                .param(externalId)
                .param(key)
                .update();
    }
}
