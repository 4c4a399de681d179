package io.github.medgs.cohort.spark;

import io.github.medgs.InputException;
import io.github.medgs.StopRequest;
import io.github.medgs.cohort.Execution;
import io.github.medgs.cohort.SubjectTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Subjects as the tasks of one Apache Spark job, one partition each. Executors and driver must see the same paths.
 *
 * <p>Everything that Spark may do to a task is safe, as each takes its subject's lock: see {@link SubjectPartition}.
 */
public final class SparkExecution implements Execution {

    /** Lost executors count as failures of the task that ran there. */
    private static final String MOST_FAILURES = "spark.task.maxFailures";

    private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

    private final JavaSparkContext context;

    /**
     * @param master URL of Spark's master, or {@code null} where spark-submit says it
     * @throws InputException when nobody says it, or it cannot be reached
     */
    public SparkExecution(String master) {
        SparkConf settings = new SparkConf();
        if (master != null) {
            settings.setMaster(master);
        } else if (!settings.contains("spark.master")) {
            throw new InputException("--on spark", "has no master", "write --on spark:URL, or use spark-submit");
        }
        settings.setIfMissing("spark.app.name", "medgs cohort").setIfMissing(MOST_FAILURES, "16");
        String options = settings.get(EXECUTOR_OPTIONS, "");
        settings.set(EXECUTOR_OPTIONS, options + " --add-modules=jdk.incubator.vector"
                + (options.contains("-XX:+Use") ? "" : " -XX:+UseParallelGC")
                + " -Djoml.nounsafe=true -Djava.awt.headless=true");
        if (!settings.contains("spark.jars")) {
            settings.setJars(Stream.of(SubjectTask.class, SparkExecution.class)
                    .flatMap(type -> Stream.of(JavaSparkContext.jarOfClass(type))).distinct().toArray(String[]::new));
        }
        context = open(settings);
        context.setLogLevel("ERROR");
    }

    private static JavaSparkContext open(SparkConf settings) {
        try {
            return new JavaSparkContext(settings);
        } catch (RuntimeException e) {
            throw new InputException("--on spark:" + settings.get("spark.master"), "cannot be used (" + e.getMessage() + ")",
                    "check the URL, and that it is Spark 4.2 with Java 25 everywhere", e);
        }
    }

    @Override
    public void run(List<SubjectTask> tasks, Consumer<SubjectTask.Outcome> heard, StopRequest stop)
            throws IOException {
        if (tasks.isEmpty()) {
            return;
        }
        RDD<SubjectTask> all = context.parallelize(new ArrayList<>(tasks), tasks.size()).rdd();
        LinkedBlockingQueue<SubjectTask.Outcome> ended = new LinkedBlockingQueue<>();
        List<Object> partitions = IntStream.range(0, tasks.size()).<Object>mapToObj(n -> n).toList();
        SimpleFutureAction<BoxedUnit> job = context.sc().submitJob(all,
                new SubjectPartition(context.sc().isLocal() ? 1 : context.getConf().getInt(MOST_FAILURES, 4)),
                CollectionConverters.asScala(partitions).toSeq(), new Ended(ended), new Nothing());
        // Held: an interrupted driver has to tell the executors, whose checkpoints it cannot wait for one by one.
        try (StopRequest.Hold _ = stop.hold()) {
            for (int heardOf = 0; heardOf < tasks.size();) {
                SubjectTask.Outcome outcome = next(ended);
                if (outcome != null) {
                    heardOf++;
                    heard.accept(outcome);
                } else if (stop.getAsBoolean()) {
                    job.cancel();
                    return;
                } else if (job.isCompleted() && ended.isEmpty() && job.value().get().isFailure()) {
                    throw new IOException("Spark gave the work up: " + job.value().get().failed().get().getMessage());
                }
            }
        }
    }

    private static SubjectTask.Outcome next(LinkedBlockingQueue<SubjectTask.Outcome> ended) throws IOException {
        try {
            return ended.poll(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    /** Takes a partition's outcome on Spark's own thread, which must not wait. */
    private static final class Ended extends AbstractFunction2<Object, SubjectTask.Outcome, BoxedUnit> {

        private final LinkedBlockingQueue<SubjectTask.Outcome> ended;

        Ended(LinkedBlockingQueue<SubjectTask.Outcome> ended) {
            this.ended = ended;
        }

        @Override
        public BoxedUnit apply(Object partition, SubjectTask.Outcome outcome) {
            ended.add(outcome);
            return BoxedUnit.UNIT;
        }
    }

    private static final class Nothing extends AbstractFunction0<BoxedUnit> {
        @Override
        public BoxedUnit apply() {
            return BoxedUnit.UNIT;
        }
    }
}
