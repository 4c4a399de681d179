package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.files.InputFiles;
import io.github.medgs.files.ThisProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What is said when a command fails, and with which status it ends: one line for what the user can put right, with the
 * cause behind it where {@code --verbose} asks; a trace for our own faults; an event where {@code --json} asks.
 */
final class Faults implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final Ansi colors;
    private final boolean json;
    private final boolean verbose;

    Faults(Ansi colors, boolean json, boolean verbose) {
        this.colors = colors;
        this.json = json;
        this.verbose = verbose;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        if (e.getCause() != null && isUnmappable(e.getCause())) {
            return tell(command.getErr(), InputFiles.otherLetters("a name on the command line", e).getMessage(), e, Main.INPUT_AT_FAULT);
        }
        String message = e.getMessage().replaceAll("\\s*\\R\\s*", " ");
        String topic = command.getParent() == null ? "medgs help" : command.getCommandSpec().qualifiedName() + " --help";
        return tell(command.getErr(), message + "; see " + topic, null, Main.INPUT_AT_FAULT);
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof InputException input) {
            return tell(command.getErr(), e.getMessage() + options(input, command), e, Main.INPUT_AT_FAULT);
        }
        if (e instanceof ParameterException wrong) {
            return handleParseException(wrong, new String[0]);
        }
        if (e instanceof InvalidPathException path) {
            // A name out of a table or another file: the command line's own are the parser's.
            String name = path.getInput().replaceAll("\\p{Cntrl}", "?");
            return tell(command.getErr(), isUnmappable(path) ? InputFiles.otherLetters(name, e).getMessage()
                    : name + ": cannot be a file's name: " + path.getReason() + "; correct it where it is written", e, Main.INPUT_AT_FAULT);
        }
        if (isOutOfMemory(e)) {
            return outOfMemory(command.getErr());
        }
        if (e instanceof AccessDeniedException denied) {
            return tell(command.getErr(), denied.getFile() + ": may not be read or written: permission denied; ask its"
                    + " owner for the right", e, Main.INPUT_AT_FAULT);
        }
        if (e instanceof IOException) {
            // A full disk or a vanished folder: nobody's bug, and the trace would say nothing more.
            return tell(command.getErr(), e.getMessage(), e, Main.OUR_FAULT);
        }
        int status = tell(command.getErr(), "this is a fault of the program; please report it with this:", null,
                Main.OUR_FAULT);
        e.printStackTrace(command.getErr());
        return status;
    }

    int outOfMemory(PrintWriter errors) {
        return tell(errors, "the work does not fit into " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, the"
                + " memory that Java may take; give it more with " + ThisProcess.withHeap(8) + ", or a smaller volume", null,
                Main.INPUT_AT_FAULT);
    }

    private int tell(PrintWriter errors, String message, Exception behind, int status) {
        errors.println(colors.string("@|bold,red medgs:|@ ") + Console.shown(message));
        if (verbose && behind != null) {
            behind.printStackTrace(errors);
        }
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("status", status);
            fields.put("message", message);
            Console.print("error", fields);
        }
        return status;
    }

    /** The options by which this command sets what the message names. */
    private static String options(InputException input, CommandLine command) {
        String options = input.quantities().stream().map(name -> "--" + name)
                .filter(name -> command.getCommandSpec().findOption(name) != null).collect(Collectors.joining(", "));
        return options.isEmpty() ? "" : " (" + options + ")";
    }

    private static boolean isUnmappable(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).contains("unmappable");
    }

    private static boolean isOutOfMemory(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }
}
