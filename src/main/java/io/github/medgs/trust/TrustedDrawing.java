package io.github.medgs.trust;

import io.github.medgs.engine.Engine;
import io.github.medgs.engine.VolumeRenderer;
import io.github.medgs.interslice.KeptSlices;
import io.github.medgs.interslice.MotionPredictor;
import io.github.medgs.model.TrainedModel;
import io.github.medgs.parallel.Workers;
import io.github.medgs.volume.AcquiredSlices;
import io.github.medgs.volume.IntensityWindow;
import io.github.medgs.volume.SliceGeometry;
import io.github.medgs.volume.Slicing;
import io.github.medgs.volume.Volume;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A model's volume with the acquired slices in it as they were, and how sure the slices between them are.
 *
 * <p>Beside an acquired slice the model's own drawing of it, which is off by a little, would be a step: its difference
 * from the slice is taken off the drawn ones near it, in full at the slice and with the square of the way to nothing in
 * the middle of the gap.
 */
public final class TrustedDrawing {

    private final Engine engine;
    private final TrainedModel model;
    private final AcquiredSlices acquired;
    private final SliceGeometry geometry;
    private final KeptSlices slices;
    private final float[] intensities;
    private final int threads;
    private MotionPredictor motion;

    // Kept from drawing to drawing: who draws slice after slice need not begin anew.
    private Excess excess;
    private boolean excessKnown;
    private final float[] seam;
    private int seamOf = -1;

    /**
     * @param model with its acquired slices
     * @param motion of these slices, in [0, 1]; {@code null} where it is not known yet
     * @param threads no result depends on it
     */
    public TrustedDrawing(Engine engine, TrainedModel model, MotionPredictor motion, int threads) {
        this.engine = engine;
        this.model = model;
        this.acquired = model.acquired();
        this.geometry = model.geometry();
        this.threads = threads;
        this.motion = motion;
        this.intensities = acquired.intensities();
        this.slices = motion != null ? motion.slices() : new KeptSlices(units(intensities, model.window()),
                geometry.positions(), geometry.height(), geometry.width(), geometry.rowSpacing(), geometry.columnSpacing());
        this.seam = new float[slices.pixels()];
    }

    /** Does now what the first drawn slice would wait for: the stack's motion, where something lies beyond the window. */
    public void prepare() {
        excess();
    }

    private Excess excess() {
        if (!excessKnown) {
            excess = reachesBeyond() ? Excess.of(intensities, model.window(), motion()) : null;
            excessKnown = true;
        }
        return excess;
    }

    private static float[] units(float[] intensities, IntensityWindow window) {
        float[] units = new float[intensities.length];
        for (int n = 0; n < units.length; n++) {
            units[n] = window.toUnit(intensities[n]);
        }
        return units;
    }

    private MotionPredictor motion() {
        if (motion == null) {
            motion = MotionPredictor.of(slices, threads);
        }
        return motion;
    }

    /**
     * Draws the volume.
     *
     * @param provenance of its slices, equally spaced
     * @param asStored whether voxels are stored as the input's; else as floats
     * @param progress told the number of slices done
     */
    public VolumeRenderer.Rendered render(Provenance provenance, boolean image, boolean mask, boolean asStored,
            IntConsumer progress) {
        VolumeRenderer.Rendered rendered = render(provenance, image, mask, provenance.drawn() > 0, true, progress);
        if (rendered.image() == null) {
            return rendered;
        }
        Volume restored = asStored
                ? acquired.restoredInto(rendered.image(), geometry.axis(), provenance.sources())
                : acquired.restoredAsFloats(rendered.image(), geometry.axis(), provenance.sources());
        return new VolumeRenderer.Rendered(restored, rendered.mask());
    }

    /**
     * Draws the volume without the acquired slices in it: these too are the model's drawing, and no seam is closed. What lies
     * beyond the window is carried on as it is by {@link #render}.
     *
     * @return in floats
     */
    public VolumeRenderer.Rendered renderAll(Provenance provenance, boolean image, boolean mask, IntConsumer progress) {
        return render(provenance, image, mask, true, false, progress);
    }

    private VolumeRenderer.Rendered render(Provenance provenance, boolean image, boolean mask, boolean draws, boolean returns,
            IntConsumer progress) {
        Excess added = image && model.image() && draws && slices.count() > 1 ? excess() : null;
        return new VolumeRenderer(engine, model)
                .render(provenance.positions(), image, mask, new Finish(provenance, added, returns), progress);
    }

    private boolean reachesBeyond() {
        for (float intensity : intensities) {
            if (Excess.beyond(intensity, model.window()) != 0) {
                return true;
            }
        }
        return false;
    }

    /** What drawn slices become; acquired ones are put in afterwards, from their bits. */
    private final class Finish implements VolumeRenderer.Finish {

        private final Provenance provenance;
        private final Excess excess;
        private final boolean returns;

        /** @param returns whether acquired slices are put in */
        Finish(Provenance provenance, Excess excess, boolean returns) {
            this.provenance = provenance;
            this.excess = excess;
            this.returns = returns;
        }

        @Override
        public boolean draws(int slice) {
            return !(returns && provenance.isAcquired(slice));
        }

        @Override
        public void slice(int slice, float[] pixels) {
            if (!draws(slice)) {
                return;
            }
            for (int p = 0; p < pixels.length; p++) {
                pixels[p] = Math.clamp(pixels[p], 0f, 1f);
            }
            if (slices.count() > 1) {
                Provenance.Place place = provenance.place(slice);
                if (returns) {
                    closeSeam(place, pixels);
                }
                if (excess != null) {
                    excess.addTo(place.before(), place.fraction(), pixels);
                }
            }
            for (int p = 0; p < pixels.length; p++) {
                pixels[p] = model.window().toInput(pixels[p]);
            }
        }

        private void closeSeam(Provenance.Place place, float[] pixels) {
            boolean nearFirst = place.fraction() < 0.5;
            double away = 2 * (nearFirst ? place.fraction() : 1 - place.fraction());
            float share = (float) ((1 - away) * (1 - away));
            if (share < 1e-6f) {
                return;
            }
            int near = nearFirst ? place.before() : place.before() + 1;
            if (seamOf != near) {
                engine.render(model.gaussians(), model.timeScale().ofSlice(near), seam, null);
                for (int p = 0; p < seam.length; p++) {
                    seam[p] = slices.values()[near * seam.length + p] - Math.clamp(seam[p], 0f, 1f);
                }
                seamOf = near;
            }
            for (int p = 0; p < pixels.length; p++) {
                pixels[p] = Math.clamp(pixels[p] + share * seam[p], 0f, 1f);
            }
        }
    }

    /**
     * How sure each voxel is, in the input's units, both 0 on acquired slices.
     *
     * @param expected expected absolute error
     * @param band half width of the band
     * @param perSlice mean expected error of each slice
     */
    public record Uncertainty(Volume expected, Volume band, double[] perSlice, ErrorModel model) {}

    /**
     * Learns from slices left out, and asks it of every voxel.
     *
     * @param drawn the image that {@link #render} drew for them
     * @param level share of the errors that the band is meant to hold
     * @param progress told the number of slices done, on the calling thread
     */
    public Uncertainty uncertainty(Provenance provenance, Volume drawn, double level, IntConsumer progress) {
        SliceTrust trust = ErrorModel.trust(motion(), excess(),
                model.window().widths(acquired.storage().step()), level, threads);
        int pixels = slices.pixels();
        float[] expected = new float[Math.multiplyExact(provenance.count(), pixels)];
        float[] band = new float[expected.length];
        double[] perSlice = new double[provenance.count()];
        AtomicInteger done = new AtomicInteger();
        new Workers(threads).forEach(provenance.count(), (n, worker) -> {
            if (!provenance.isAcquired(n)) {
                perSlice[n] = uncertainty(trust, provenance.place(n), drawn, n, expected, band);
            }
            int now = done.incrementAndGet();
            if (worker == 0) {
                progress.accept(now);
            }
        });
        progress.accept(provenance.count());
        return new Uncertainty(geometry.volumeOf(expected, provenance.positions()),
                geometry.volumeOf(band, provenance.positions()), perSlice, trust.model());
    }

    /** Of one slice, put in its place; the mean expected error. */
    private double uncertainty(SliceTrust trust, Provenance.Place place, Volume drawn, int slice, float[] expected,
            float[] band) {
        double low = model.window().low();
        double width = model.window().high() - low;
        float[] picture = Slicing.toSlices(drawn.voxels(), drawn.grid(), geometry.axis(), new int[] {slice});
        for (int p = 0; p < picture.length; p++) {
            picture[p] = (float) ((picture[p] - low) / width);
        }
        float[] errors = new float[picture.length];
        float[] halves = new float[picture.length];
        trust.of(place.before(), place.fraction(), picture, errors, halves);
        double sum = 0;
        for (int p = 0, voxel = slice * picture.length; p < picture.length; p++, voxel++) {
            // The widest windows are wider than a float can say.
            expected[voxel] = (float) Math.min(Float.MAX_VALUE, errors[p] * width);
            band[voxel] = (float) Math.min(Float.MAX_VALUE, halves[p] * width);
            sum += expected[voxel];
        }
        return sum / picture.length;
    }
}
