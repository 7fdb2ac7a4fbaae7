package twostacks.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import twostacks.agents.LabSpec;
import twostacks.facts.ModelRow;
import twostacks.facts.ModelTable;
import twostacks.input.Nearest;
import twostacks.input.Node;
import twostacks.input.Problems;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;

/**
 * What was observed until the data end, as events of a run.
 *
 * <p>A lab's offer is its best model. So a release counts if it is better than all that the lab had released, or better
 * than all whose weights it had published; small and lesser variants do not. Releases before the start make what the lab
 * starts with. The list price is that of the lab's best model: of open weights that are not its best, none is stated. A
 * changed list price of the best model is that model released anew. Models for a few partners are left out.
 */
final class ObservedHistory {
    private final int start;
    private final int dataEnd;
    private final List<ModelRow> rows = new ArrayList<>();
    private final List<Omission> omissions = new ArrayList<>();
    private final Set<String> ids = new LinkedHashSet<>();

    ObservedHistory(int start, int dataEnd, ModelTable models) {
        this.start = start;
        this.dataEnd = dataEnd;
        if (models != null) {
            models.rows().stream().filter(r -> r.month() < dataEnd).forEach(rows::add);
        }
    }

    /** An event that a scenario leaves out. */
    private record Omission(String text, Node node, String path, boolean[] met) {}

    /** Leaves an event out, by its id or a part of its title. */
    void except(String text, Node node, String path) {
        omissions.add(new Omission(text, node, path, new boolean[1]));
    }

    private boolean excepted(DatedEvent event) {
        String id = EventReader.id(event);
        ids.add(id);
        boolean excepted = false;
        for (Omission omission : omissions) {
            boolean inTitle = event.title()
                    .toLowerCase(Locale.ROOT)
                    .contains(omission.text().toLowerCase(Locale.ROOT));
            if (id.equals(omission.text()) || inTitle) {
                omission.met()[0] = true;
                excepted = true;
            }
        }
        return excepted;
    }

    /** Notes omissions that nothing observed meets. */
    void checkOmissions(Problems problems) {
        for (Omission omission : omissions) {
            if (!omission.met()[0]) {
                problems.add(
                        omission.node().place(),
                        omission.path(),
                        "no observed event is called '" + omission.text() + "'",
                        "a part of a title, or an id such as "
                                + (ids.isEmpty() ? "2026-06-release-zhipu-glm-5-2" : ids.iterator().next()),
                        Nearest.to(omission.text(), ids));
            }
        }
    }

    /** The releases of a lab, told apart by whether they made it better. */
    private List<DatedEvent> releases(String lab) {
        List<DatedEvent> releases = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        double bestOpen = Double.NEGATIVE_INFINITY;
        ModelRow flagship = null;
        for (ModelRow row : rows) {
            boolean open = row.access() == ModelRow.Access.OPEN;
            boolean better = row.capability() > best;
            boolean relevant = row.lab().equals(lab)
                    && row.access() != ModelRow.Access.RESTRICTED
                    && (better || open && row.capability() > bestOpen);
            if (!relevant) {
                continue;
            }
            DatedEvent release = release(
                    row, row.month(), better ? row.priceIn() : Double.NaN, better ? row.priceOut() : Double.NaN, "");
            if (excepted(release)) {
                continue;
            }
            if (better) {
                reprice(flagship, row.month(), releases);
                flagship = row;
                best = row.capability();
            }
            bestOpen = open ? Math.max(bestOpen, row.capability()) : bestOpen;
            releases.add(release);
        }
        reprice(flagship, dataEnd, releases);
        return releases;
    }

    /** The later list price of a model that was a lab's best until a month. */
    private void reprice(ModelRow row, int until, List<DatedEvent> releases) {
        if (row == null || Double.isNaN(row.laterPriceIn())) {
            return;
        }
        int month = row.laterMonth() >= 0 ? row.laterMonth() : dataEnd - 1;
        boolean changed = row.laterPriceIn() != row.priceIn() || row.laterPriceOut() != row.priceOut();
        if (changed && month > row.month() && month < until) {
            DatedEvent price = release(row, month, row.laterPriceIn(), row.laterPriceOut(), ": new price");
            if (!excepted(price)) {
                releases.add(price);
            }
        }
    }

    private static DatedEvent release(ModelRow row, int month, double priceIn, double priceOut, String note) {
        boolean open = row.access() == ModelRow.Access.OPEN;
        boolean priced = !Double.isNaN(priceIn) && !Double.isNaN(priceOut);
        double freedom = Double.isNaN(row.licenceFreedom()) ? open ? 1 : 0 : row.licenceFreedom();
        Intervention what = new Intervention.Release(
                row.lab(),
                row.model(),
                open,
                row.capability(),
                priced ? priceIn : Double.NaN,
                priced ? priceOut : Double.NaN,
                freedom);
        return new DatedEvent(month, 1, what, row.lab() + " " + row.model() + note, row.source(), true);
    }

    /** A lab as it stands at the start: with the best that it has released until then. */
    LabSpec atStart(LabSpec lab) {
        double capability = Double.NaN;
        double openCapability = Double.NaN;
        double price = Double.NaN;
        double freedom = lab.licenceFreedom();
        for (DatedEvent event : releases(lab.name())) {
            if (event.month() >= start) {
                continue;
            }
            Intervention.Release release = (Intervention.Release) event.what();
            capability = Double.isNaN(capability) ? release.capability() : Math.max(capability, release.capability());
            price = Double.isNaN(release.blendedPrice()) ? price : release.blendedPrice();
            if (release.openWeights()) {
                openCapability = release.capability();
                freedom = release.licenceFreedom();
            }
        }
        return new LabSpec(
                lab.name(),
                lab.home(),
                lab.channels(),
                lab.openWeights(),
                freedom,
                lab.computeShare(),
                lab.stateShare(),
                lab.releaseCadence(),
                capability,
                openCapability,
                price,
                lab.markup(),
                lab.costFactor());
    }

    /** The releases of labs from the start on. */
    List<DatedEvent> releases(Iterable<String> labs) {
        List<DatedEvent> releases = new ArrayList<>();
        for (String lab : labs) {
            releases(lab).stream().filter(e -> e.month() >= start).forEach(releases::add);
        }
        return releases;
    }

    /** Observed events other than releases that are in force in the scenario's time. */
    List<DatedEvent> events(List<DatedEvent> observed, EventReader reader, boolean releasesObserved) {
        List<DatedEvent> events = new ArrayList<>();
        for (DatedEvent event : observed) {
            // Observed dates of release contain every delay there was.
            boolean contained = releasesObserved && event.what() instanceof Intervention.StallReleases;
            if (!excepted(event) && !contained) {
                DatedEvent clipped = reader.clipped(event);
                if (clipped != null) {
                    events.add(clipped);
                }
            }
        }
        return withoutSuperseded(events);
    }

    /** Chip rules that began before the start all begin with it: of each tier, the last one counts. */
    private List<DatedEvent> withoutSuperseded(List<DatedEvent> events) {
        List<DatedEvent> kept = new ArrayList<>();
        Set<String> ruled = new LinkedHashSet<>();
        for (int i = events.size() - 1; i >= 0; i--) {
            DatedEvent event = events.get(i);
            if (event.month() == start && event.what() instanceof Intervention.ChipControl rule) {
                List<String> tiers = rule.tiers().stream()
                        .filter(t -> ruled.add(rule.by() + " " + t))
                        .toList();
                if (!tiers.isEmpty()) {
                    Intervention left =
                            new Intervention.ChipControl(rule.by(), tiers, rule.stringency(), rule.noticeMonths());
                    kept.add(0, new DatedEvent(
                            event.month(), event.months(), left, event.title(), event.source(), event.observed()));
                }
            } else {
                kept.add(0, event);
            }
        }
        return kept;
    }
}
