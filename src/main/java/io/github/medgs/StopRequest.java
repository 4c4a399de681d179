package io.github.medgs;

import java.util.function.BooleanSupplier;

/**
 * Whether long work is asked to stop. True once, true for ever; asking changes nothing.
 *
 * <p>Work that would lose something if the process ended under it says so with {@link #hold}: who stops the process then
 * waits until it is safe. Outside a hold the process may end at any moment.
 */
@FunctionalInterface
public interface StopRequest extends BooleanSupplier {

    /** Nobody asks. */
    StopRequest NEVER = () -> false;

    /** From now until it is closed there is something to keep, and {@link #getAsBoolean} is asked often. */
    default Hold hold() {
        return () -> { };
    }

    /** Asked to stop by this one or by the other; held here. */
    default StopRequest or(BooleanSupplier other) {
        StopRequest self = this;
        return new StopRequest() {
            @Override
            public boolean getAsBoolean() {
                return self.getAsBoolean() || other.getAsBoolean();
            }

            @Override
            public Hold hold() {
                return self.hold();
            }
        };
    }

    /** Something to keep; closed when it is safe. */
    @FunctionalInterface
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
