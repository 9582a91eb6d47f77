package io.baton.server.commit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Real connections to a database that goes away when a test says so: at once, or around the next commit. */
final class FragileConnections implements Committer.Connections {

    /** What happens around a commit; {@code commit} is the real one. */
    interface Around {
        void run(Connection connection, Commit commit) throws SQLException;
    }

    interface Commit {
        void run() throws SQLException;
    }

    private final Stage stage;
    private final AtomicReference<Around> next = new AtomicReference<>(FragileConnections::undisturbed);
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean away;

    FragileConnections(Stage stage) {
        this.stage = stage;
    }

    private static void undisturbed(Connection connection, Commit commit) throws SQLException {
        commit.run();
    }

    void aroundNextCommit(Around around) {
        next.set(around);
    }

    /** No connection from now on; those that there are end. */
    void goAway() {
        away = true;
        terminateLanes();
    }

    void comeBack() {
        away = false;
    }

    /** How often somebody has asked for a connection in vain. */
    int refused() {
        return refused.get();
    }

    /** As an administrator or a failing server would end them. */
    void terminateLanes() {
        stage.sql
                .sql("select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                        + " where datname = current_database() and application_name = ?")
                .param(Lane.APPLICATION)
                .query(Boolean.class)
                .list();
    }

    @Override
    public Connection open() throws SQLException {
        if (away) {
            refused.incrementAndGet();
            throw new SQLException("the test's database is away", "08001");
        }
        var real = stage.test.database().connect();
        return proxy(Connection.class, real, (method, arguments) -> {
            if (method.getName().equals("commit")) {
                next.getAndSet(FragileConnections::undisturbed).run(real, real::commit);
                return null;
            }
            var result = invoke(real, method, arguments);
            return result instanceof PreparedStatement statement && ((String) arguments[0]).endsWith("commit")
                    ? committing(real, statement)
                    : result;
        });
    }

    /** The writes of a batch go out together with its commit. */
    private PreparedStatement committing(Connection connection, PreparedStatement real) {
        return proxy(PreparedStatement.class, real, (method, arguments) -> {
            if (method.getName().equals("execute")) {
                next.getAndSet(FragileConnections::undisturbed).run(connection, real::execute);
                return true;
            }
            return invoke(real, method, arguments);
        });
    }

    private interface Call {
        @Nullable
        Object make(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T real, Call call) {
        return type.cast(Proxy.newProxyInstance(
                real.getClass().getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> call.make(method, arguments == null ? new Object[0] : arguments)));
    }

    private static @Nullable Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
