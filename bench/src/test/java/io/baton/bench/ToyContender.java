package io.baton.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.baton.bench.contender.Caller;
import io.baton.bench.contender.Contender;
import io.baton.bench.contender.ContenderDatabase;
import io.baton.bench.contender.Workload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A contender whose figures are known: a case is three statements in one transaction, which leave two rows. */
public final class ToyContender implements Contender {
    private final HikariDataSource pool;

    private ToyContender(ContenderDatabase database) {
        pool = database.pool();
        execute("create table history (workload text, payload text)", null);
    }

    @Override
    public String version() {
        return "0.1";
    }

    @Override
    public void prepare(Workload workload) {
        execute("create table prepared_" + workload + " ()", null);
    }

    @Override
    public void runCase(Workload workload, Caller caller) {
        caller.completing(() -> {
            try (Connection connection = pool.getConnection();
                    PreparedStatement insert = connection.prepareStatement("insert into history values (?, ?)");
                    PreparedStatement select = connection.prepareStatement("select 1")) {
                connection.setAutoCommit(false);
                insert.setString(1, workload.name());
                insert.setString(2, "x".repeat(500));
                insert.executeUpdate();
                insert.setString(1, "noise");
                insert.executeUpdate();
                select.execute();
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Override
    public long endedCases(Workload workload) {
        return execute("select count(*) from history where workload = ?", workload.name());
    }

    private long execute(String sql, @Nullable String argument) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (argument == null) {
                statement.execute();
                return 0;
            }
            statement.setString(1, argument);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Found by the worker as a service, ahead of any other, because test classes come first on the classpath. */
    public static final class Opening implements Contender.Opening {
        @Override
        public Contender open(ContenderDatabase database) {
            return new ToyContender(database);
        }
    }
}
