package io.github.medgs.reconstruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.medgs.StopRequest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryBudgetTest {

    private static final long MIB = 1 << 20;

    private final MemoryBudget budget = new MemoryBudget(10 * MIB);
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    @Test
    void whoWaitsForMemorySaysSoAndGetsItOnceItIsFree() throws Exception {
        MemoryBudget.Claim first = budget.take(6 * MIB, said::add, StopRequest.NEVER);
        budget.take(3 * MIB, said::add, StopRequest.NEVER).close();
        assertTrue(said.isEmpty());
        CompletableFuture<MemoryBudget.Claim> second = CompletableFuture.supplyAsync(
                () -> budget.take(7 * MIB, said::add, StopRequest.NEVER), task -> Thread.ofVirtual().start(task));
        assertEquals("waiting for 7 MiB of memory, which other runs of this program have", said.poll(50, TimeUnit.SECONDS));
        assertFalse(second.isDone());
        first.close();
        second.get().close();
    }

    @Test
    void whoIsAskedToStopWaitsNoLonger() {
        MemoryBudget.Claim first = budget.take(6 * MIB, said::add, StopRequest.NEVER);
        assertNull(budget.take(7 * MIB, said::add, () -> true));
        Thread.currentThread().interrupt();
        try {
            assertNull(budget.take(7 * MIB, said::add, StopRequest.NEVER));
        } finally {
            assertTrue(Thread.interrupted(), "and stays interrupted");
        }
        // Of what was not taken nothing is missing.
        first.close();
        budget.take(10 * MIB, said::add, () -> true).close();
    }

    @Test
    void moreThanAllIsAllOfIt() {
        budget.take(100 * MIB, said::add, StopRequest.NEVER).close();
        budget.take(100 * MIB, said::add, StopRequest.NEVER).close();
        assertTrue(said.isEmpty());
    }
}
