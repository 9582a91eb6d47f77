package io.baton.server.guest;

import io.baton.server.directory.Brand;
import io.baton.server.words.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the pages show, in the reader's language; the templates make HTML of it and add nothing. */
public final class Views {

    private Views() {}

    /** What every page has. {@code version} changes with the script, {@code sheet} is the style sheet. */
    public record Frame(
            Words words, Brand brand, String version, String sheet, String title, List<Language> languages) {}

    public record Language(String code, String name, String href, boolean current) {}

    // Forms

    public sealed interface Part {}

    public record Text(List<Prose.Block> blocks) implements Part {}

    /** {@code control} is the kind of field in small letters. {@code noteId} is what describes it, or empty. */
    public record Input(
            String name,
            String id,
            String control,
            String label,
            @Nullable String description,
            boolean required,
            boolean readOnly,
            String value,
            List<Choice> choices,
            @Nullable String error,
            @Nullable Upload upload)
            implements Part {

        /** The ids of what describes it. */
        public String describedBy() {
            return ((error == null ? "" : id + "-error ")
                            + (description == null ? "" : id + "-note ")
                            + (upload == null ? "" : id + "-hint"))
                    .strip();
        }
    }

    /** How a field for files takes them; {@code accept} is empty where nearly all may come. */
    public record Upload(String path, String accept, boolean many, String hint) {}

    /** {@code dependents} are asked only where this is chosen. */
    public record Choice(String label, String value, boolean chosen, List<Part> dependents) {}

    public record Rows(String label, String id, List<List<Input>> rows, boolean mayAdd) implements Part {}

    /** Times to choose from; {@code hint} says how long each is and whose clock is meant, or that none is free. */
    public record Slots(
            String name,
            String id,
            String label,
            String hint,
            List<Day> days,
            @Nullable String error) implements Part {}

    public record Day(String name, List<Choice> times) {}

    /** What is wrong, with the id of its field. */
    public record Mistake(String id, String text) {}

    // Where it stands

    public enum State {
        DONE,
        NOW,
        NEXT,
        LEFT_OUT
    }

    public record Stage(String name, State state, String detail) {}

    public record Fact(String name, String value) {}

    /** {@code email} of who answers for the case is null where nobody knows it. */
    public record Standing(
            String caseKey,
            String process,
            @Nullable String title,
            String sentence,
            List<Stage> stages,
            List<Fact> facts,
            String owner,
            @Nullable String email,
            String receipt) {}

    // Pages

    /**
     * A file to look at. {@code ask} is what is asked of the reader about it, or what they have done; null where it is only
     * shared.
     */
    public record Sheet(
            String id,
            String href,
            String name,
            String detail,
            @Nullable String ask,
            boolean done,
            @Nullable String error) {}

    /** Signing, where it is asked: the name is typed, the drawing is made by the page's script. */
    public record Signing(
            Input name, String drawing, @Nullable String error) {}

    public record Said(String author, boolean mine, String at, String text) {}

    /** What was done a moment ago and can be taken back; {@code path} is the step's. */
    public record Undo(String path, String text) {}

    /** What was booked. {@code path} is where it can be moved or given up; null where it cannot any more, as the page says. */
    public record Booked(String when, String what, @Nullable String path) {}

    /**
     * Moving what was booked or giving it up. {@code openRelease}: that is what was tried.
     *
     * @param path of the appointment, without a slash at the end
     */
    public record Appointment(
            String path,
            String lang,
            String name,
            @Nullable String when,
            @Nullable String notice,
            Slots slots,
            Input reason,
            boolean openRelease,
            Standing standing) {}

    /** {@code act} is its word in the form, {@code fields} are by name what was sent before. */
    public record Other(String act, String title, String hint, List<Input> fields, String button) {}

    /**
     * @param path of the task, without a slash at the end
     * @param decided what was answered and can still be taken back; else null
     * @param dates what was promised or proposed, and what stands in the way
     */
    public record Task(
            String path,
            String lang,
            String name,
            String lead,
            @Nullable String due,
            boolean overdue,
            @Nullable String notice,
            @Nullable String decided,
            List<String> dates,
            List<Mistake> mistakes,
            List<Sheet> papers,
            List<Part> parts,
            boolean takesFiles,
            @Nullable Signing signing,
            String button,
            List<Other> others,
            @Nullable String openOther,
            List<Said> conversation,
            List<Sheet> files,
            Standing standing) {}

    /** {@code back} leads to what was filled in; {@code codeTo} is the address a code went to, in part; null where pressing is enough. */
    public record Confirmation(
            String path,
            String lang,
            String act,
            String nonce,
            String lead,
            List<Fact> summary,
            String sure,
            String button,
            String back,
            @Nullable String codeTo,
            @Nullable String error,
            Standing standing) {}

    public record OpenTask(
            String href,
            String name,
            String about,
            @Nullable String due,
            boolean overdue) {}

    /** All that waits for somebody, or one case. */
    public record Overview(
            String lead,
            @Nullable String notice,
            List<OpenTask> tasks,
            List<Undo> undos,
            List<Booked> booked,
            List<Said> conversation,
            List<Sheet> files,
            @Nullable Standing standing) {}

    /** One act; {@code step} is what it was about, {@code hash} that of its entry in the journal. */
    public record Did(String when, String what, @Nullable String step, List<Fact> facts, int entry, String hash) {}

    /** {@code file} is where the signed file is, {@code fingerprint} that of the key it is signed with. */
    public record Receipt(
            String process,
            String caseKey,
            @Nullable String title,
            String name,
            String issued,
            List<Did> acts,
            int entries,
            String hash,
            String fingerprint,
            String file,
            String fileName,
            String back) {}

    /** {@code again} is the path where a new link can be asked for. */
    public record Note(String lead, String text, @Nullable String again, String lang) {}
}
