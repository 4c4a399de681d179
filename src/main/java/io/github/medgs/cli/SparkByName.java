package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.cohort.Execution;
import java.lang.reflect.InvocationTargetException;

/** The part that runs a cohort on Apache Spark, found by name: it is no part of this jar, and neither is Spark. */
final class SparkByName {

    private static final String CLASS = "io.github.medgs.cohort.spark.SparkExecution";

    private SparkByName() {}

    /** @param master URL of Spark's master, or {@code null} where spark-submit says it */
    static Execution open(String master) {
        try {
            return (Execution) Class.forName(CLASS).getConstructor(String.class).newInstance(master);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof NoClassDefFoundError) {
                throw missing(e.getCause());
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw missing(e);
        }
    }

    private static InputException missing(Throwable cause) {
        return new InputException("--on spark", "needs Apache Spark and medgs-spark.jar on the class path",
                "build it with mvn -Pspark package, and see cohorts.md for the command", cause);
    }
}
