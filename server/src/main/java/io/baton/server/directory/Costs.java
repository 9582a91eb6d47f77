package io.baton.server.directory;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an hour of people and a day of parties costs, where somebody has said so. Not for everybody to see. */
public final class Costs {

    private static final String RATES =
            "select id, rate_per_hour from person where id = any(?) and rate_per_hour is not null";

    private static final String PARTIES =
            "select key, cost_per_day from team where key = any(?) and cost_per_day is not null";

    private final JdbcClient database;

    public Costs(JdbcClient database) {
        this.database = database;
    }

    public Map<String, BigDecimal> ratesPerHour(Collection<String> people) {
        return read(RATES, people);
    }

    public Map<String, BigDecimal> costsPerDay(Collection<String> parties) {
        return read(PARTIES, parties);
    }

    private Map<String, BigDecimal> read(String sql, Collection<String> keys) {
        var found = new HashMap<String, BigDecimal>();
        database.sql(sql).param(keys.toArray(String[]::new)).query(row -> {
            found.put(row.getString(1), row.getBigDecimal(2));
        });
        return found;
    }
}
