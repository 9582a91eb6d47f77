package io.baton.server.api;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For load balancers: 200 while requests can be served, 503 while the database is away. */
@RestController
class HealthRoutes {

    private final JdbcClient database;

    HealthRoutes(JdbcClient database) {
        this.database = database;
    }

    record Health(String status) {}

    @GetMapping("/health")
    Health health() {
        database.sql("select 1").query(Integer.class).single();
        return new Health("up");
    }
}
