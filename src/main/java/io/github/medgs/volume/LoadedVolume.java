package io.github.medgs.volume;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A volume as it came from a file, and what the reader saw on the way.
 *
 * @param format the format's name, with what is special about this file: "NIfTI-1, big-endian"
 * @param storedAs how voxels were stored, in words
 * @param frames how many volumes the file holds (time points, channels)
 * @param frame which of them this is, from 0
 * @param notes what a careful reader would want to know: a repaired header, a chosen frame, a gap between slices; each
 *     a sentence without its full stop
 * @param segments the names of a mask's labels, where the file has them
 */
public record LoadedVolume(Volume volume, String format, String storedAs, int frames, int frame, List<String> notes,
        List<Segment> segments) {

    public LoadedVolume {
        notes = List.copyOf(notes);
        segments = List.copyOf(segments);
    }

    /** A volume whose labels, if it holds any, have no names. */
    public LoadedVolume(Volume volume, String format, String storedAs, int frames, int frame, List<String> notes) {
        this(volume, format, storedAs, frames, frame, notes, List.of());
    }

    /** Names and colours of its labels by their numbers, as far as the file has them. */
    public Map<Long, Label> names() {
        Map<Long, Label> names = new LinkedHashMap<>();
        segments.forEach(segment -> names.putIfAbsent((long) segment.label(), segment.asLabel()));
        return names;
    }

    /** The same with one note more. */
    public LoadedVolume withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new LoadedVolume(volume, format, storedAs, frames, frame, more, segments);
    }

    /** What it holds, in words, line by line. */
    public String describe() {
        return VolumeDescription.of(this);
    }
}
