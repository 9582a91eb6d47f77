package io.baton.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.IntFunction;

/**
 * Grows a process out of nested blocks, each with one way in and one way out, so that whatever is chosen every case can
 * end. It says beforehand how often each node is visited; what depends on who is faster (a timer or a person) it leaves
 * out, up to the node where both ways meet again. Some steps fail until the variable {@code fix} is set.
 */
final class RandomProcess {

    /** So often is not known beforehand. */
    private static final int OPEN = -1;

    private static final int DEPTH_MAX = 4;
    private static final int CALLS_MAX = 3;

    private final Random random;
    private final StringBuilder processes = new StringBuilder();
    private final SequencedMap<String, Integer> visits = new LinkedHashMap<>();
    private int numbers;
    private int calls;

    RandomProcess(Random random) {
        this.random = random;
        process("p", 1, DEPTH_MAX);
    }

    /** In the notation of {@link Models}. */
    String text() {
        return processes.toString();
    }

    /** How often each node is entered or passed, where that is certain. */
    SequencedMap<String, Integer> visits() {
        return visits;
    }

    private void process(String key, int times, int depth) {
        var lines = new Lines(new StringBuilder("process " + key + "\n"), "");
        lines.body(key, times, depth);
        // The first process must stand first, also when it is finished last.
        processes.insert(key.equals("p") ? 0 : processes.length(), lines.text);
    }

    private String next(String kind) {
        return kind + ++numbers;
    }

    private static int times(int times, int factor) {
        return times == OPEN ? (factor == 0 ? 0 : OPEN) : times * factor;
    }

    private int upTo(int bound) {
        return random.nextInt(bound);
    }

    private boolean sometimes() {
        return upTo(4) == 0;
    }

    /** Lines of one scope. Each block takes the node it follows, how often it runs, and returns the node it ends at. */
    private final class Lines {
        private final StringBuilder text;
        private final String indent;
        private final List<Block> flat = List.of(this::task, this::job, this::script, this::waiting, this::milestone);
        private final List<Block> nested = List.of(
                this::sequence,
                this::exclusive,
                this::parallel,
                this::inclusive,
                this::conditional,
                this::loop,
                this::subProcess,
                this::instances,
                this::interrupted,
                this::reminded,
                this::race,
                this::call,
                this::caught,
                this::terminated,
                this::disturbed);

        private interface Block {
            String write(String from, int times, int depth);
        }

        Lines(StringBuilder text, String indent) {
            this.text = text;
            this.indent = indent;
        }

        private Lines inside() {
            return new Lines(text, indent + "  ");
        }

        private void line(String line) {
            text.append(indent).append(line).append('\n');
        }

        private String node(String kind, String is, int times) {
            var id = next(kind);
            line(id + ": " + is);
            visit(id, times);
            return id;
        }

        private void visit(String id, int times) {
            if (times != OPEN) {
                visits.put(id, times);
            }
        }

        private void flow(String from, String to) {
            line(from + " -> " + to);
        }

        private String after(String from, String kind, String is, int times) {
            var id = next(kind);
            flow(from, id);
            line(id + ": " + is);
            visit(id, times);
            return id;
        }

        void body(String name, int times, int depth) {
            var start = node("start", "start", times);
            var last = block(start, times, depth);
            after(last, "end_" + name + "_", "end", times);
        }

        private String block(String from, int times, int depth) {
            var blocks = depth == 0 || sometimes() ? flat : nested;
            return blocks.get(upTo(blocks.size())).write(from, times, depth);
        }

        // Steps

        private String out() {
            return sometimes() ? " out." + next("o") + "={fix + 1}" : "";
        }

        private String task(String from, int times, int depth) {
            return after(
                    from,
                    "task",
                    "user party=ap" + (sometimes() ? " due=P1D" : "") + (sometimes() ? " undo=PT10M" : "") + out(),
                    times);
        }

        private String job(String from, int times, int depth) {
            return after(from, "job", "job type=work retries=2" + out(), times);
        }

        private String script(String from, int times, int depth) {
            var fails = sometimes() ? "fix" : "1";
            return after(from, "script", "script does={" + fails + " + 1} result=" + next("r") + out(), times);
        }

        private String waiting(String from, int times, int depth) {
            return switch (upTo(3)) {
                case 0 -> after(from, "timer", "catch timer=PT" + upTo(90) + "M", times);
                case 1 -> after(from, "message", "catch message=m key={\"k\"}" + out(), times);
                default -> after(from, "receive", "receive message=m key={\"k\"}" + out(), times);
            };
        }

        private String milestone(String from, int times, int depth) {
            return after(from, "throw", sometimes() ? "throw type=mail" : "throw", times);
        }

        // Blocks

        private String sequence(String from, int times, int depth) {
            return block(block(from, times, depth - 1), times, depth - 1);
        }

        private String split(String kind, String from, int times, int depth, IntFunction<String> condition) {
            return branches(after(from, kind, kind, times), kind, times, depth, condition);
        }

        private String branches(String split, String kind, int times, int depth, IntFunction<String> condition) {
            var join = next(kind);
            int branches = 2 + upTo(2);
            for (int branch = 0; branch < branches; branch++) {
                var taken = condition.apply(branch);
                var first = node("way", "throw", taken.endsWith("2") ? 0 : times);
                line(split + " -> " + first + taken);
                flow(block(first, taken.endsWith("2") ? 0 : times, depth - 1), join);
            }
            line(join + ": " + kind);
            visit(join, times);
            return join;
        }

        private String exclusive(String from, int times, int depth) {
            int chosen = upTo(2);
            if (chosen == 1 && sometimes()) {
                // The chosen way is open only once somebody has repaired the data.
                return split("xor", from, times, depth, branch -> branch == 1 ? " if fix = 1" : " if 1 = 2");
            }
            return split(
                    "xor",
                    from,
                    times,
                    depth,
                    branch -> branch == chosen ? (chosen == 1 ? " if 1 = 1" : " default") : " if 1 = 2");
        }

        private String parallel(String from, int times, int depth) {
            return split("and", from, times, depth, _ -> "");
        }

        private String inclusive(String from, int times, int depth) {
            int always = upTo(2);
            return split("or", from, times, depth, branch -> {
                var taken = branch == always || random.nextBoolean();
                return taken ? " if 1 = 1" : " if 1 = 2";
            });
        }

        /** Conditions on the flows that leave an activity; the default is taken where none of them holds. */
        private String conditional(String from, int times, int depth) {
            var work = random.nextBoolean()
                    ? task(from, times, depth)
                    : after(from, "each", "user times={" + upTo(3) + "} collect={1} into=" + next("all"), OPEN);
            int taken = 1 + upTo(2);
            return branches(
                    work,
                    "or",
                    times,
                    depth,
                    branch -> taken == 1 ? (branch == 0 ? " default" : " if 1 = 2") : branch == 1 ? "" : " if 1 = 1");
        }

        private String loop(String from, int times, int depth) {
            int rounds = 1 + upTo(3);
            var counter = next("i");
            var reset = after(from, "script", "script does={0} result=" + counter, times);
            var again = after(reset, "xor", "xor", times(times, rounds));
            var last = block(again, times(times, rounds), depth - 1);
            var count =
                    after(last, "script", "script does={" + counter + " + 1} result=" + counter, times(times, rounds));
            var check = after(count, "xor", "xor", times(times, rounds));
            line(check + " -> " + again + " if " + counter + " < " + rounds);
            var done = node("way", "throw", times);
            line(check + " -> " + done + " default");
            return done;
        }

        private String subProcess(String from, int times, int depth) {
            var sub = after(from, "sub", "sub" + (sometimes() ? " in.a={1}" : "") + out(), times);
            inside().body(sub, times, depth - 1);
            return sub;
        }

        private String instances(String from, int times, int depth) {
            int total = upTo(4);
            var sequential = random.nextBoolean();
            var how = " times={" + total + "}" + (sequential ? " sequential" : "") + " collect={loopCounter} into="
                    + next("all");
            if (total > 1 && random.nextBoolean()) {
                int enough = 1 + upTo(total);
                var visited = times(times, 1 + (sequential ? enough : total));
                var until = " until={numberOfCompletedInstances >= " + enough + "}";
                return after(from, "each", (random.nextBoolean() ? "user" : "job type=work") + how + until, visited);
            }
            var id = after(from, "each", "sub" + how + out(), times(times, 1 + total));
            inside().body(id, times(times, total), depth - 1);
            return id;
        }

        /** Whoever is faster: the work, or the timer on its boundary. */
        private String interrupted(String from, int times, int depth) {
            var work = random.nextBoolean() ? task(from, times, depth) : subProcess(from, OPEN, depth);
            var late = node("late", "boundary on=" + work + " timer=PT" + upTo(240) + "M", OPEN);
            var merge = next("xor");
            flow(work, merge);
            flow(block(late, OPEN, depth - 1), merge);
            line(merge + ": xor");
            visit(merge, times);
            return merge;
        }

        /** A timer beside the work, as often as it comes to that. */
        private String reminded(String from, int times, int depth) {
            var work = random.nextBoolean() ? task(from, times, depth) : call(from, times, depth);
            var cycle = List.of("timer=PT20M", "cycle=R2/PT30M", "cycle=R/PT45M", "message=m key={\"k\"}")
                    .get(upTo(4));
            var remind = node("remind", "boundary on=" + work + " " + cycle + " noninterrupting", OPEN);
            after(block(remind, OPEN, 0), "end", "end", OPEN);
            return work;
        }

        private String race(String from, int times, int depth) {
            var race = after(from, "race", "race", times);
            var timer = after(race, "timer", "catch timer=PT" + upTo(240) + "M", OPEN);
            var kind = random.nextBoolean() ? "receive" : "catch";
            var message = after(race, kind, kind + " message=m key={\"k\"}" + out(), OPEN);
            var merge = next("xor");
            flow(block(timer, OPEN, depth - 1), merge);
            flow(block(message, OPEN, depth - 1), merge);
            line(merge + ": xor");
            visit(merge, times);
            return merge;
        }

        private String call(String from, int times, int depth) {
            if (calls >= CALLS_MAX) {
                return task(from, times, depth);
            }
            var key = "q" + ++calls;
            process(key, times, Math.max(0, depth - 1));
            return after(from, "call", "call process=" + key + " in.a={1}" + out(), times);
        }

        /** An error thrown inside, caught at the boundary. */
        private String caught(String from, int times, int depth) {
            var sub = after(from, "sub", "sub", times);
            var inside = inside();
            var start = inside.node("start", "start", times);
            inside.after(inside.block(start, times, depth - 1), "bad", "errorend code=E1", times);
            inside.task(start, OPEN, depth);
            var caught = node("caught", "boundary on=" + sub + " error" + (random.nextBoolean() ? "=E1" : ""), times);
            return block(caught, times, depth - 1);
        }

        /** One of two branches ends its sub-process, whatever the other does. */
        private String terminated(String from, int times, int depth) {
            var sub = after(from, "sub", "sub" + out(), times);
            var inside = inside();
            var start = inside.node("start", "start", times);
            inside.after(inside.task(start, OPEN, depth), "stop", "terminate", OPEN);
            inside.after(inside.block(start, OPEN, depth - 1), "stop", "terminate", OPEN);
            return sub;
        }

        /** An event sub-process that may cut its scope short, or run beside it. */
        private String disturbed(String from, int times, int depth) {
            var beside = random.nextBoolean();
            var sub = after(from, "sub", "sub", times);
            var inside = inside();
            inside.body(sub, beside ? times : OPEN, depth - 1);
            var event = next("event");
            inside.line(event + ": eventsub");
            var handler = inside.inside();
            var trigger = random.nextBoolean()
                    ? "timer=PT" + (30 + upTo(90)) + "M"
                    : "message=m key={\"k\"}" + (beside ? "" : out());
            var start = handler.node("start", "start " + trigger + (beside ? " noninterrupting" : ""), OPEN);
            handler.after(handler.block(start, OPEN, 0), "end", "end", OPEN);
            return sub;
        }
    }
}
