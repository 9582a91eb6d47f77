package io.baton.server.session;

import io.baton.server.audit.Audit;
import io.baton.server.directory.Directory;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The wiring of sign-in. */
@Configuration(proxyBeanMethods = false)
public class SessionConfiguration {

    @Bean
    Sessions sessions(JdbcClient database, Audit audit, Clock clock) {
        return new Sessions(database, audit, clock);
    }

    @Bean
    ApiTokens apiTokens(JdbcClient database, Clock clock) {
        return new ApiTokens(database, clock);
    }

    @Bean
    SignIn signIn(JdbcClient database, Sessions sessions, Clock clock) {
        return new SignIn(database, sessions, clock);
    }

    @Bean
    FirstAdministrator firstAdministrator(JdbcClient database, Directory directory, SignIn signIn, Clock clock) {
        return new FirstAdministrator(database, directory, signIn, clock);
    }
}
