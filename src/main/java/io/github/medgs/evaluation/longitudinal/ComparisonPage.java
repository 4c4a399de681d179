package io.github.medgs.evaluation.longitudinal;

import io.github.medgs.page.Page;
import io.github.medgs.surface.MeshPart;
import io.github.medgs.surface.MeshPicture;
import io.github.medgs.surface.TriangleMesh;
import io.github.medgs.volume.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison as one page: the table, then for each structure both surfaces, the later one coloured by distance. */
final class ComparisonPage {

    private static final int SURFACE = 320;
    private static final int GREY = 0xB8BCC2;

    private ComparisonPage() {}

    static String of(List<OrganSurface> baseline, List<StructureChange> changes, List<String> warnings) {
        Page page = new Page("Two time points");
        page.paragraph("Nothing was registered: both time points are taken where they lie in patient space.");
        warnings.forEach(warning -> page.paragraph("Warning: " + warning));
        table(page, changes);
        for (StructureChange change : changes) {
            page.heading(change.name() + ": " + change.status().name().toLowerCase(Locale.ROOT));
            TriangleMesh before = baseline.stream().filter(organ -> organ.label() == change.label())
                    .map(OrganSurface::mesh).findFirst().orElse(null);
            double span = Math.max(MeshPicture.span(change.surface()), before == null ? 0 : MeshPicture.span(before));
            List<Page.Figure> figures = new ArrayList<>();
            if (before != null) {
                figures.addAll(views(new MeshPart(change.name(), before, GREY, null), span, "baseline"));
            }
            if (change.status() != StructureChange.Status.GONE) {
                byte[] colors = change.distances() == null ? null : DistanceColors.of(change.distances());
                figures.addAll(views(new MeshPart(change.name(), change.surface(), GREY, colors), span, "follow-up"));
            }
            page.figures(4, figures);
            page.paragraph(String.format(Locale.ROOT, "Each picture is %.0f mm wide; the head is up.%s", span,
                    change.distances() == null ? "" : String.format(Locale.ROOT, " Red has moved outward, blue inward, in"
                            + " full colour at %.0f mm; white has not moved.", DistanceColors.FULL)));
        }
        return page.html();
    }

    private static List<Page.Figure> views(MeshPart part, double span, String when) {
        List<Page.Figure> figures = new ArrayList<>();
        for (MeshPicture.Side side : MeshPicture.Side.values()) {
            String seen = side.name().toLowerCase(Locale.ROOT);
            figures.add(new Page.Figure(MeshPicture.of(part, side, SURFACE, span),
                    part.name() + " at " + when + " from the patient's " + seen, when + ", from the " + seen));
        }
        return figures;
    }

    private static void table(Page page, List<StructureChange> changes) {
        List<List<String>> rows = new ArrayList<>();
        for (StructureChange change : changes) {
            rows.add(List.of(change.name(), change.status().name().toLowerCase(Locale.ROOT),
                    millilitres(change.baselineVolume()), millilitres(change.followupVolume()),
                    Words.signed(100 * change.relativeChange(), 1), Words.signed(100 * change.growthPerYear(), 1),
                    Words.signed(change.meanDistance(), 2), Words.signed(change.largestGrowth(), 2),
                    Words.signed(change.largestLoss(), 2), distance(change.centroidShift())));
        }
        page.table(List.of("structure", "status", "baseline, ml", "follow-up, ml", "change, %", "per year, %",
                "mean distance, mm", "most outward, mm", "most inward, mm", "centre moved, mm"), rows);
    }

    private static String millilitres(double volume) {
        return Double.isFinite(volume) ? Words.measure(volume / 1e3) : "-";
    }

    private static String distance(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "-";
    }
}
