package io.baton.server.database;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The database cannot be opened, for a reason that an operator can act on. The message is meant to be shown as it is:
 * it says what happened, why, and what to do, and never holds a password.
 */
public final class DatabaseRefused extends RuntimeException {

    public DatabaseRefused(String what, String why, String remedy) {
        super(message(what, why, remedy));
    }

    DatabaseRefused(String what, String why, String remedy, Throwable cause) {
        super(message(what, why, remedy), cause);
    }

    private static String message(String what, String why, String remedy) {
        return what + ": " + why + ". " + remedy + ".";
    }

    /** What the operating system's refusal to touch {@code place} means for the operator. */
    static DatabaseRefused byTheFileSystem(String what, Path place, IOException cause) {
        String said = String.valueOf(cause.getMessage());
        if (saysDiskFull(said)) {
            return diskFull(what, place, said, cause);
        }
        if (cause instanceof AccessDeniedException || said.contains("Permission denied")) {
            return new DatabaseRefused(
                    what,
                    place + " is not writable for the user " + System.getProperty("user.name"),
                    "Give that user the folder, or choose another data folder with BATON_DATA",
                    cause);
        }
        if (said.toLowerCase(Locale.ROOT).contains("read-only file system")) {
            return new DatabaseRefused(
                    what,
                    place + " lies on a read-only file system",
                    "Mount it writable, or choose another data folder with BATON_DATA",
                    cause);
        }
        return new DatabaseRefused(
                what,
                cause.getClass().getSimpleName() + " " + said,
                "Look at that file or folder, or choose another data folder with BATON_DATA",
                cause);
    }

    static DatabaseRefused diskFull(String what, Path place, String said, Throwable cause) {
        return new DatabaseRefused(
                what,
                "the disk that holds " + place + " is full (" + said.strip() + ")",
                "Free some space there, or choose a data folder on another disk with BATON_DATA",
                cause);
    }

    static boolean saysDiskFull(String text) {
        return text.contains("No space left on device") || text.contains("Disk quota exceeded");
    }
}
