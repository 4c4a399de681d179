package io.github.medgs.cohort;

import io.github.medgs.StopRequest;
import io.github.medgs.reconstruction.Reconstruction;
import io.github.medgs.reconstruction.RunListener;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/** Carries out one subject. Stateless, as it travels to other machines. */
public interface SubjectRunner extends Serializable {

    /**
     * Runs a subject into its folder.
     *
     * @param resume whether to go on with what stands there; else that is replaced
     * @param threads for this subject alone
     * @param listener hears the run
     * @param stop asked before every step
     */
    Reconstruction.Result run(Subject subject, Path folder, boolean resume, int threads, RunListener listener,
            StopRequest stop) throws IOException;
}
