package io.github.medgs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.reconstruction.Forecast;
import io.github.medgs.reconstruction.RunListener;
import io.github.medgs.training.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * What a user sees while a command runs: lines and a progress bar on standard error, or JSON lines on standard output.
 */
final class Console implements RunListener {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of the events: raised when one changes its meaning, not when one is added. */
    private static final int EVENTS_VERSION = 1;
    /** Those of ASCII, and the later ones, of which one begins an escape sequence too. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f]");
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

    private static boolean over;

    /** For what has been said before. */
    static final Console MUTE = new Console(true, false, false);

    private final RunListener elsewhere;
    private final boolean quiet;
    private final boolean json;
    private final boolean verbose;
    private final boolean terminal = isTerminal();

    Console(boolean quiet, boolean verbose, boolean json) {
        this.elsewhere = null;
        this.verbose = verbose;
        this.quiet = quiet;
        this.json = json;
    }

    /** A console whose lines are heard by somebody else. */
    Console(RunListener elsewhere) {
        this.elsewhere = elsewhere;
        this.quiet = true;
        this.verbose = false;
        this.json = false;
    }

    /** A line about what was found or done. */
    @Override
    public void say(String line) {
        if (elsewhere != null) {
            elsewhere.say(line);
        } else if (json) {
            event("note", Map.of("text", line));
        } else if (!quiet) {
            System.err.println(shown(line));
        }
    }

    /**
     * A line as a terminal may show it: names of files may hold anything, and a line break or an escape sequence in one
     * is spelt, not carried out.
     */
    static String shown(String line) {
        return CONTROL.matcher(line).replaceAll(found -> String.format(Locale.ROOT, "\\\\x%02x", (int) found.group().charAt(0)));
    }

    /** A line that only people need: where JSON lines are wanted, an event says the same. */
    void line(String line) {
        if (!json) {
            say(line);
        }
    }

    /** Where a page is: said even when quiet, as without it there is no way in. */
    void page(String url) {
        if (json) {
            event("page", Map.of("url", url));
        } else {
            System.out.println(url);
            System.out.flush();
        }
    }

    /** An event, when JSON lines are wanted. */
    void event(String kind, Map<String, ?> fields) {
        if (json) {
            print(kind, fields);
        }
    }

    /** Prints one event: a JSON object in a line of its own. */
    static void print(String kind, Map<String, ?> fields) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("event", kind);
        all.putAll(fields);
        String line = JSON.valueToTree(all).toString();
        // Each in one piece and none after the last, as several threads may print.
        synchronized (JSON) {
            if (!over) {
                System.out.println(line);
                System.out.flush();
            }
        }
    }

    /** Prints the last event of a process that ends while others are at work: none of theirs comes after it. */
    static void printLast(String kind, Map<String, ?> fields) {
        synchronized (JSON) {
            print(kind, fields);
            over = true;
        }
    }

    /** The first event of every command. */
    static void begin(String version, List<String> arguments) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", EVENTS_VERSION);
        fields.put("program", "medgs " + version);
        fields.put("arguments", arguments);
        print("begin", fields);
    }

    /**
     * Whether standard error is a terminal. The launcher's filter hides it, and says so; Java's console speaks of the other
     * two streams, so Linux is asked first.
     */
    static boolean isTerminal() {
        String told = System.getenv("MEDGS_TERMINAL");
        if (told != null) {
            return told.equals("1");
        }
        try {
            String errors = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return errors.startsWith("/dev/pts/") || errors.startsWith("/dev/tty") || errors.equals("/dev/console");
        } catch (IOException e) {
            return System.console() != null && System.console().isTerminal();
        }
    }

    @Override
    public boolean wantsForecast() {
        return elsewhere == null ? !quiet : elsewhere.wantsForecast();
    }

    /** What a long run takes, and what would halve it. */
    @Override
    public void expects(Forecast forecast) {
        if (elsewhere != null) {
            elsewhere.expects(forecast);
        } else {
            ForecastText text = new ForecastText(forecast);
            event("estimate", text.fields());
            text.lines().forEach(this::line);
        }
    }

    /** Progress of a piece of work of a known number of steps; close it when the work is over. */
    @Override
    public Progress begin(String what, long steps) {
        return new Bar(what, steps);
    }

    /** One line that stays still on a terminal, a plain line every ten seconds elsewhere. */
    private final class Bar implements Progress {

        private final String what;
        private final long steps;
        private final ProgressBar bar;
        private final Pace pace;
        private final long began = System.nanoTime();
        private long lastLine = began;
        private long done;
        private String detail = "";

        private Bar(String what, long steps) {
            this.what = what;
            this.steps = steps;
            this.pace = new Pace(steps);
            this.bar = terminal && !quiet && !json ? new ProgressBarBuilder().setTaskName(what).setInitialMax(steps)
                    .setStyle(ProgressBarStyle.ASCII).setUpdateIntervalMillis(200).clearDisplayOnFinish()
                    .setConsumer(new StillLine(System.err, columns(System.getenv()) - 1)).continuousUpdate().setEtaFunction(state -> eta()).build() : null;
        }

        private double seconds() {
            return (System.nanoTime() - began) / 1e9;
        }

        private Optional<Duration> eta() {
            double left = pace.left(seconds());
            return Double.isFinite(left) ? Optional.of(Duration.ofSeconds(Math.round(left))) : Optional.empty();
        }

        @Override
        public void to(long step) {
            done = step;
            pace.to(step, seconds());
            if (bar != null) {
                bar.stepTo(step);
            } else if (!quiet && System.nanoTime() - lastLine > NANOS_BETWEEN_LINES) {
                line();
            }
        }

        private void line() {
            lastLine = System.nanoTime();
            double left = pace.left(seconds());
            if (json) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("what", what);
                fields.put("done", done);
                fields.put("of", steps);
                fields.put("secondsLeft", whole(left));
                event("progress", fields);
            } else {
                System.err.println(what + " " + done + "/" + steps + detail
                        + (Double.isFinite(left) ? ", " + clock(left) + " to go" : ""));
            }
        }

        @Override
        public void reported(History.Row row, int iterations) {
            StringBuilder text = new StringBuilder();
            if (Double.isFinite(row.psnr())) {
                text.append(String.format(Locale.ROOT, " %.1f dB", row.psnr()));
            }
            if (Double.isFinite(row.maskError())) {
                text.append(String.format(Locale.ROOT, ", mask error %.3f", row.maskError()));
            }
            detail = text.toString();
            if (bar != null) {
                bar.setExtraMessage(detail);
            }
            if (verbose && !json) {
                System.err.println(String.format(Locale.ROOT, "step %d: loss %.4f%s, %,d Gaussians", row.iteration(),
                        row.loss(), detail, row.gaussians()));
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("iteration", row.iteration());
            fields.put("iterations", iterations);
            fields.put("loss", row.loss());
            fields.put("psnr", Double.isFinite(row.psnr()) ? row.psnr() : null);
            fields.put("maskError", Double.isFinite(row.maskError()) ? row.maskError() : null);
            fields.put("gaussians", row.gaussians());
            fields.put("secondsLeft", whole(pace.left(seconds())));
            event("training", fields);
        }

        @Override
        public void checkpointed(int iteration) {
            event("checkpoint", Map.of("iteration", iteration));
        }

        @Override
        public void note(String line) {
            say(line);
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
            if (verbose) {
                say(String.format(Locale.ROOT, "%s took %.1f s", what, seconds()));
            }
        }
    }

    private static Long whole(double seconds) {
        return Double.isFinite(seconds) ? Math.round(seconds) : null;
    }

    /** The terminal's width as the launcher says it, whose filter hides the terminal itself, or as COLUMNS does; or 80. */
    static int columns(Map<String, String> environment) {
        for (String name : List.of("MEDGS_COLUMNS", "COLUMNS")) {
            try {
                int told = Integer.parseInt(environment.getOrDefault(name, "").strip());
                if (told > 0) {
                    return Math.clamp(told, 20, 160);
                }
            } catch (NumberFormatException e) {
                // Not told: the next one may be.
            }
        }
        return 80;
    }

    /** Seconds as m:ss or h:mm:ss. */
    static String clock(double seconds) {
        long whole = Math.round(Math.max(0, seconds));
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
