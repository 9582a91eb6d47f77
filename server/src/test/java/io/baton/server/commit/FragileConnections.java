package io.baton.server.commit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

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
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        next.getAndSet(FragileConnections::undisturbed).run(real, real::commit);
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
