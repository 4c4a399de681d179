package io.github.medgs.volume.dicom.codec;

import java.io.IOException;

/** Compressed pixels make no sense, or use what is not decoded here; the message goes behind a file's name. */
public final class CodecException extends IOException {

    private static final long serialVersionUID = 1;

    CodecException(String problem) {
        super(problem);
    }
}
