package io.baton.server.commit;

/**
 * Whether a lane decides on what it remembers and reads without locks. A batch that fails for it is done again with locks;
 * then they are taken for a while, twice as long each time: where nodes often work on the same cases, locks cost less
 * than batches done twice.
 */
final class Trust {

    /** Batches with locks between two attempts without. */
    private static final int BATCHES_MAX = 1_024;

    private int batches = 1;
    private int left;

    boolean isGiven() {
        if (left == 0) {
            return true;
        }
        left--;
        return false;
    }

    void wasRight() {
        batches = Math.max(1, batches / 2);
    }

    void wasWrong() {
        left = batches;
        batches = Math.min(batches * 2, BATCHES_MAX);
    }
}
