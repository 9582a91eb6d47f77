package io.baton.server.processes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that cannot be deployed, with everything that is wrong with them. */
public final class RefusedDeployment extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** {@code line} and {@code column} count from 1; 0 where the problem has no place. */
    public record Problem(String file, @Nullable String element, String reason, int line, int column) {
        @Override
        public String toString() {
            return file + (line > 0 ? ":" + line + ":" + column : "") + ": "
                    + (element == null ? "" : "'" + element + "': ") + reason;
        }
    }

    public RefusedDeployment(List<Problem> problems) {
        super(String.join("\n", problems.stream().map(Problem::toString).toList()));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
