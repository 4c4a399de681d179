package io.github.medgs.engine.choice;

import io.github.medgs.InputException;
import io.github.medgs.engine.Engine;
import io.github.medgs.engine.Launcher;
import io.github.medgs.engine.reference.ReferenceEngine;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An engine that was opened, and why this one.
 *
 * <p>The accelerated engines are found by name, as nothing may link to them: the vector engine needs an incubating
 * module, the tornado engine TornadoVM, and without these their classes do not load. Before training starts {@code auto}
 * takes the best that is there and says why not a better one, to draw little the plainest; once chosen, an engine is never replaced.
 *
 * @param reason one line for people
 */
public record EngineChoice(Engine engine, String reason) {

    /** Drawn by plain loops in less time than it takes to compile the others. */
    private static final long FEW_SPLATS = 4_000_000;

    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String SLOW = "; slower here than the reference: ";
    private static final String VECTOR_CLASS = "io.github.medgs.engine.vector.VectorEngine";

    /**
     * Its contract: a public constructor that takes a device as {@code medgs devices} names it, {@link Engine#GPU_ONLY}, or
     * {@code null} for a graphics processor if there is one and else any device, and that throws an
     * {@link InputException} when it cannot have it.
     */
    private static final String TORNADO_CLASS = "io.github.medgs.engine.tornado.TornadoEngine";

    /**
     * What the survey says of one engine.
     *
     * @param reason what it runs on; or why it is not available, and the remedy
     * @param automatic whether {@code auto} takes this one
     */
    public record Candidate(String name, boolean available, String reason, boolean automatic) {}

    /** An engine, or why there is none. */
    private record Attempt(String name, Engine engine, InputException refusal) {}

    /**
     * Opens an engine.
     *
     * @param name auto, reference, vector or tornado
     * @param threads how many threads the vector engine uses
     * @param device the tornado engine's device, or {@code null} for its own choice; {@code auto} with a device means
     *     tornado
     * @throws InputException when the named engine is not to be had, or knows no devices and is given one
     */
    public static EngineChoice open(String name, int threads, String device) {
        return open(name, threads, device, Long.MAX_VALUE);
    }

    /**
     * Opens an engine to draw and no more: with little to draw, {@code auto} takes plain loops, which are done before the
     * compiler is through with vectors or a device with its kernels, and draw the same bits as vectors.
     *
     * @param splats how many are to be drawn, about
     */
    public static EngineChoice open(String name, int threads, String device, long splats) {
        if (device != null && (name.equals(ReferenceEngine.NAME) || name.equals("vector"))) {
            throw new InputException("device " + device, "is none of the engine " + name,
                    "leave it out, or choose tornado").naming("device", "engine");
        }
        return switch (name) {
            case "auto" -> device == null ? splats < FEW_SPLATS ? plain() : automatic(threads) : required(tornado(device));
            case ReferenceEngine.NAME -> required(reference());
            case "vector" -> required(vector(threads));
            case "tornado" -> required(tornado(device));
            default -> throw new InputException("engine " + name, "is no engine",
                    "choose auto, reference, vector or tornado").naming("engine");
        };
    }

    /** Every engine from the best to the plainest: whether it is available, and why or why not. */
    public static List<Candidate> survey(int threads) {
        List<Candidate> candidates = new ArrayList<>();
        boolean hasGpu = tornado(Engine.GPU_ONLY).engine() != null;
        boolean found = false;
        for (Attempt attempt : List.of(tornado(null), vector(threads), reference())) {
            boolean available = attempt.engine() != null;
            String reason = available ? attempt.engine().description() : attempt.refusal().getMessage();
            boolean slower = attempt.name().equals("tornado") && available && !hasGpu;
            reason += slower ? "; no graphics processor, and on a CPU the vector engine is faster" : "";
            Optional<String> slow = available ? attempt.engine().slow() : Optional.empty();
            reason += slow.map(why -> SLOW + why).orElse("");
            slower |= slow.isPresent();
            boolean suits = available && !slower;
            candidates.add(new Candidate(attempt.name(), available, reason, suits && !found));
            found |= suits;
            if (available) {
                attempt.engine().close();
            }
        }
        return List.copyOf(candidates);
    }

    private static EngineChoice plain() {
        Engine plain = reference().engine();
        return new EngineChoice(plain, line(plain) + ", with so little to draw");
    }

    private static EngineChoice required(Attempt attempt) {
        if (attempt.engine() == null) {
            throw attempt.refusal();
        }
        return new EngineChoice(attempt.engine(),
                line(attempt.engine()) + attempt.engine().slow().map(why -> SLOW + why).orElse(""));
    }

    private static EngineChoice automatic(int threads) {
        Attempt tornado = tornado(Engine.GPU_ONLY);
        if (tornado.engine() != null) {
            return required(tornado);
        }
        Attempt vector = vector(threads);
        Engine plain = reference().engine();
        if (vector.engine() == null) {
            return new EngineChoice(plain, line(plain) + ": slow, since " + vector.refusal().getMessage());
        }
        Optional<String> slow = vector.engine().slow();
        if (slow.isEmpty()) {
            return required(vector);
        }
        vector.engine().close();
        return new EngineChoice(plain, line(plain) + ", since the vector engine is slower still: " + slow.get());
    }

    private static String line(Engine engine) {
        return "engine " + engine.name() + ": " + engine.description();
    }

    private static Attempt reference() {
        return new Attempt(ReferenceEngine.NAME, new ReferenceEngine(), null);
    }

    private static Attempt vector(int threads) {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
            return new Attempt("vector", null, new InputException("the vector engine",
                    "needs the Java module " + VECTOR_MODULE,
                    "start Java with --add-modules " + VECTOR_MODULE + ", or " + Launcher.REMEDY));
        }
        return byName("vector", VECTOR_CLASS, int.class, threads, Launcher.REMEDY);
    }

    private static Attempt tornado(String device) {
        return byName("tornado", TORNADO_CLASS, String.class, device, Launcher.REMEDY_FOR_TORNADO);
    }

    private static Attempt byName(String name, String className, Class<?> parameter, Object argument, String remedy) {
        try {
            Object engine = Class.forName(className).getConstructor(parameter).newInstance(argument);
            return new Attempt(name, (Engine) engine, null);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InputException refusal) {
                return new Attempt(name, null, refusal);
            }
            return refused(name, remedy, e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            return refused(name, remedy, e);
        }
    }

    private static Attempt refused(String name, String remedy, Throwable cause) {
        return new Attempt(name, null,
                new InputException("the " + name + " engine", "is not available (" + cause + ")", remedy, cause));
    }
}
