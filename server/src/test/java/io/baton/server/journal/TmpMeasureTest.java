package io.baton.server.journal;

import io.baton.server.database.TestDatabase;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TmpMeasureTest {
    @Test
    void measure() {
        try (var test = TestDatabase.migrated()) {
            var db = JdbcClient.create(test.database().pool("m", 2));
            db.sql("insert into cases (id, process_id, status, incidents, entries, started_at, changed_at, owner, paused, head) select i, 1, 1, 0, 5, now(), now(), 'p1', false, ''::bytea from generate_series(1, 20000) i").update();
            db.sql("insert into journal (case_id, seq, at, body, hash) select i, s, now(), repeat('x', 35)::bytea, repeat('x', 32)::bytea from generate_series(1, 20000) i, generate_series(1, 6) s").update();
            db.sql("insert into journal (case_id, seq, at, body, hash) select 20001, s, now(), repeat('x', 35)::bytea, repeat('x', 32)::bytea from generate_series(1, 1000) s").update();
            db.sql("insert into cases (id, process_id, status, incidents, entries, started_at, changed_at, owner, paused, head) values (20001, 1, 1, 0, 5, now(), now(), 'p1', false, ''::bytea)").update();
            db.sql("analyze").update();
            var before = "select seq, (extract(epoch from at) * 1000000)::bigint as at, body from journal where case_id = :case and seq > :after order by seq limit :limit";
            var branch = "select seq, (extract(epoch from at) * 1000000)::bigint as at, body, coalesce((select m.process_from from migration m where m.case_id = j.case_id and m.seq > j.seq order by m.seq limit 1), (select c.process_id from cases c where c.id = j.case_id)) as process_id from journal j where case_id = :case and seq > :after order by seq limit :limit";
            var now = "select seq, (extract(epoch from at) * 1000000)::bigint as at, body, (select c.process_id from cases c where c.id = :case) as process_id, (select array_agg(array[m.seq, m.process_from] order by m.seq) from migration m where m.case_id = :case) as migrations from journal where case_id = :case and seq > :after order by seq limit :limit";
            for (int round = 0; round < 3; round++) {
                for (var sql : new String[] {before, branch, now}) {
                    for (boolean large : new boolean[] {false, true}) {
                        int n = large ? 400 : 4000;
                        var times = new long[n];
                        for (int i = 0; i < n; i++) {
                            long t = System.nanoTime();
                            db.sql(sql).param("case", large ? 20001L : 1L + i * 3).param("after", 0).param("limit", 100000).query((row, _) -> row.getObject(1)).list();
                            times[i] = System.nanoTime() - t;
                        }
                        Arrays.sort(times);
                        System.out.println("MEASURED round " + round + " " + (sql == before ? "before" : sql == branch ? "branch" : "now") + (large ? " 1000 entries" : " 6 entries") + " median us " + times[n / 2] / 1000);
                    }
                }
            }
        }
    }
}
