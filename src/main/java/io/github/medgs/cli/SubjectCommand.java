package io.github.medgs.cli;

import io.github.medgs.InputException;
import io.github.medgs.StopRequest;
import io.github.medgs.cohort.Subject;
import io.github.medgs.cohort.SubjectRunner;
import io.github.medgs.reconstruction.Reconstruction;
import io.github.medgs.reconstruction.RunListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine;

/** A subject of a cohort as {@code medgs reconstruct} would run it. */
final class SubjectCommand implements SubjectRunner {

    private static final long serialVersionUID = 1;

    @Override
    public Reconstruction.Result run(Subject subject, Path folder, boolean resume, int threads, RunListener listener,
            StopRequest stop) throws IOException {
        return parse(subject, folder).reconstruction(new Console(listener))
                .resume(resume).replace(!resume).threads(threads).listener(listener).stopWhen(stop).run(folder);
    }

    /**
     * The command that a subject's arguments describe.
     *
     * @throws InputException when they describe none
     */
    static ReconstructCommand parse(Subject subject, Path folder) {
        ReconstructCommand command = new ReconstructCommand();
        List<String> arguments = new ArrayList<>(subject.arguments());
        // What stands in the folder is the cohort's business, so the command itself asks nothing.
        arguments.addAll(List.of("-o", folder.toString(), "--force"));
        try {
            new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true)
                    .parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new InputException("subject " + subject.id(), e.getMessage(), "see medgs help reconstruct", e);
        }
        return command;
    }
}
