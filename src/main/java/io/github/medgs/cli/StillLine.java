package io.github.medgs.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * A line of a terminal that is written over and over, and is gone at the end. The bar's own console asks JLine for the
 * terminal's width, and JLine takes Ctrl-C away from Java: a run then died before its checkpoint was written.
 */
final class StillLine implements ProgressBarConsumer {

    private static final Object TERMINAL = new Object();

    /** The one that stands on the terminal, or {@code null}. */
    private static StillLine standing;
    private static boolean over;

    private final PrintStream out;
    private final int width;

    /** @param width columns that are used at most: one fewer than the terminal has, or some begin a new line */
    StillLine(PrintStream out, int width) {
        this.out = out;
        this.width = width;
    }

    @Override
    public int getMaxRenderedLength() {
        return width;
    }

    /**
     * Ends what stands, of a process that ends while others are at work: none of them writes over it any more. It is not
     * taken away, as the terminal has written ^C behind it.
     */
    static void end() {
        synchronized (TERMINAL) {
            if (standing != null) {
                standing.out.println();
                standing.out.flush();
            }
            over = true;
        }
    }

    @Override
    public void accept(String bar) {
        String line = bar.length() > width ? bar.substring(0, width) : bar + " ".repeat(width - bar.length());
        synchronized (TERMINAL) {
            if (!over) {
                standing = this;
                out.print('\r' + line);
                out.flush();
            }
        }
    }

    @Override
    public void clear() {
        synchronized (TERMINAL) {
            if (!over) {
                standing = null;
                out.print('\r' + " ".repeat(width) + '\r');
                out.flush();
            }
        }
    }

    @Override
    public void close() {
        out.flush();
    }
}
