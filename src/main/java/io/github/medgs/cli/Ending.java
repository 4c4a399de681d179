package io.github.medgs.cli;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of a command, and the last event of {@code --json}: printed once, with the status that the process ends with,
 * whether the command is over, a signal ends it or an error that nobody caught. A process that was interrupted waits for a
 * command that heeds it until that has said its last word.
 */
final class Ending {

    /** As Java ends, and as shells have it: 128 and the signal's number. */
    private static final Map<String, Integer> STATUS_OF_SIGNALS = Map.of("SIGHUP", 129, "SIGINT", Main.INTERRUPTED, "SIGTERM", 143);
    /** Who does not read stops the printing, but not the end of the process. */
    private static final long LONGEST_PRINTING_SECONDS = 1;

    private final Thread hook = new Thread(this::atExit, "ending");
    private final boolean json;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch said = new CountDownLatch(1);

    Ending(boolean json) {
        this.json = json;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The command is over. */
    void of(int status) {
        if (begun.compareAndSet(false, true)) {
            if (json) {
                Console.print("end", Map.of("status", status == Main.INTERRUPTED ? ofSignal(status) : status));
            }
            said.countDown();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook has nothing left to do.
        }
    }

    private void atExit() {
        try {
            if (Interrupt.stopAll()) {
                said.await(Interrupt.LONGEST_ENDING_SECONDS, TimeUnit.SECONDS);
            }
            // Else the shell's prompt would stand behind the bar.
            StillLine.end();
            if (json) {
                Thread.ofPlatform().daemon().start(this::printLast);
                said.await(LONGEST_PRINTING_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void printLast() {
        if (begun.compareAndSet(false, true)) {
            Console.printLast("end", Map.of("status", ofSignal(Main.OUR_FAULT)));
            said.countDown();
        }
    }

    /** The status of the signal that ends the process. Java tells a hook nothing, but it calls the signal's thread so. */
    private static int ofSignal(int otherwise) {
        return Thread.getAllStackTraces().keySet().stream().map(thread -> thread.getName().replaceFirst(" handler$", ""))
                .filter(STATUS_OF_SIGNALS::containsKey).map(STATUS_OF_SIGNALS::get).findAny().orElse(otherwise);
    }
}
