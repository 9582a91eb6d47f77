package io.baton.server.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers in problem+json what never reaches Spring MVC: a URI that Tomcat or Spring's firewall turns away, or a fault in
 * a filter. Tomcat makes it by its class name. It stands in for a servlet error page, so there is no /error route.
 */
public final class ProblemValve extends ErrorReportValve {

    private static final int FIRST_ERROR_STATUS = 400;
    private static final int FIRST_FAULT_STATUS = 500;

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < FIRST_ERROR_STATUS || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem = throwable == null || status < FIRST_FAULT_STATUS
                ? Problems.status(status)
                : Problems.problem(throwable);
        try {
            response.setStatus(problem.status());
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setContentType(Problem.MEDIA_TYPE.toString());
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            var out = response.getReporter();
            if (out != null) {
                out.write(new String(Problems.json(problem, null), StandardCharsets.UTF_8));
                response.finishResponse();
            }
        } catch (IOException e) {
            getContainer().getLogger().debug("The caller has gone before the answer", e);
        }
    }
}
