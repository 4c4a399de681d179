package io.github.medgs.volume.phantom;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.medgs.files.AtomicFile;
import io.github.medgs.volume.Grid;
import io.github.medgs.volume.ScalarType;
import io.github.medgs.volume.Volume;
import io.github.medgs.volume.format.VolumeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.joml.Matrix4d;

/**
 * A sample volume with its truth.
 *
 * @param description one sentence for people
 * @param imageType how the image is stored
 * @param date when it was "scanned", ISO 8601, or null; two time points differ in it
 */
public record Phantom(String name, String description, Volume image, ScalarType imageType, Volume mask, String date,
        List<Structure> structures) {

    /** Writes NAME.nii.gz, NAME-mask.nii.gz and NAME.json into a folder. */
    public void writeTo(Path folder) throws IOException {
        VolumeFiles.write(image, folder.resolve(name + ".nii.gz"), imageType);
        VolumeFiles.write(mask, folder.resolve(name + "-mask.nii.gz"), ScalarType.UINT8);
        AtomicFile.writeText(folder.resolve(name + ".json"), truthJson());
    }

    /** The truth as it stands in NAME.json. */
    public String truthJson() {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter()
                    .writeValueAsString(new Truth(name, description, date, structures)) + "\n";
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"name", "description", "date", "structures"})
    private record Truth(String name, String description, String date, List<Structure> structures) {}

    /** The same body so many times as large, the truth with it. */
    Phantom scaled(double times) {
        if (times == 1) {
            return this;
        }
        Grid grid = image.grid();
        Grid larger = new Grid(grid.nx(), grid.ny(), grid.nz(), new Matrix4d().scaling(times).mul(grid.indexToPatient()));
        return new Phantom(name, description, new Volume(larger, image.voxels()), imageType,
                new Volume(larger, mask.voxels()), date, structures.stream().map(s -> s.scaled(times)).toList());
    }

    Phantom described(String text) {
        return new Phantom(name, text, image, imageType, mask, date, structures);
    }

    /** Rounds to the whole numbers of an integer type, clamped to its range. */
    static Volume rounded(Volume volume, ScalarType type) {
        float least = type == ScalarType.UINT8 ? 0 : Short.MIN_VALUE;
        float most = type == ScalarType.UINT8 ? 255 : Short.MAX_VALUE;
        float[] voxels = volume.voxels().clone();
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = (float) Math.rint(Math.clamp(voxels[n], least, most)) + 0f;
        }
        return volume.withVoxels(voxels);
    }
}
