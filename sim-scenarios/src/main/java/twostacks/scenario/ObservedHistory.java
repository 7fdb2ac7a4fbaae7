package twostacks.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
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
 * <p>Every release of a lab of the scenario counts, at its list price: a lab's service is a line-up of models. Releases
 * before the start make what the lab starts with: the best that it has released, the best of its weights, and the list
 * price of its best. A list price that changes later is the same model released anew. Models for a few partners are left
 * out: nobody else can choose them.
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

    /** Leaves events out, by their id, their kind or a part of their title. */
    void except(String text, Node node, String path) {
        omissions.add(new Omission(text, node, path, new boolean[1]));
    }

    private boolean excepted(DatedEvent event) {
        if (omissions.isEmpty()) {
            return false;
        }
        String id = EventReader.id(event);
        ids.add(id);
        boolean excepted = false;
        for (Omission omission : omissions) {
            boolean inTitle = event.title()
                    .toLowerCase(Locale.ROOT)
                    .contains(omission.text().toLowerCase(Locale.ROOT));
            boolean kind = event.what().key().equals(omission.text());
            if (id.equals(omission.text()) || kind || inTitle) {
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
                        "a kind of event, a part of a title, or an id such as "
                                + (ids.isEmpty()
                                        ? "2026-06-release-zhipu-glm-5-2"
                                        : ids.iterator().next()),
                        Nearest.to(omission.text(), ids));
            }
        }
    }

    /** All releases and changed list prices until the data end, by month. */
    private List<DatedEvent> releases(Predicate<String> lab) {
        List<DatedEvent> releases = new ArrayList<>();
        for (ModelRow row : rows) {
            if (lab.test(row.lab()) && row.access() != ModelRow.Access.RESTRICTED && !Double.isNaN(row.capability())) {
                DatedEvent release = release(row, row.month(), row.priceIn(), row.priceOut(), "");
                if (!excepted(release)) {
                    releases.add(release);
                    DatedEvent price =
                            release(row, row.laterMonth(), row.laterPriceIn(), row.laterPriceOut(), ": new price");
                    boolean changed = !Double.isNaN(((Intervention.Release) price.what()).blendedPrice());
                    if (changed && price.month() > row.month() && price.month() < dataEnd && !excepted(price)) {
                        releases.add(price);
                    }
                }
            }
        }
        releases.sort(Comparator.comparingInt(DatedEvent::month));
        return releases;
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
        for (DatedEvent event : releases(lab.name()::equals)) {
            if (event.month() >= start) {
                continue;
            }
            Intervention.Release release = (Intervention.Release) event.what();
            if (!(release.capability() < capability)) {
                capability = release.capability();
                price = Double.isNaN(release.blendedPrice()) ? price : release.blendedPrice();
            }
            if (release.openWeights() && !(release.capability() < openCapability)) {
                openCapability = release.capability();
                freedom = release.licenceFreedom();
            }
        }
        Map<String, Object> values = LabFormat.values(lab);
        values.put("licenceFreedom", freedom);
        values.put("capability", capability);
        values.put("openCapability", openCapability);
        values.put("listPrice", price);
        return LabFormat.make(values);
    }

    /** The releases of labs from the start on. */
    List<DatedEvent> releases(Set<String> labs) {
        return releases(labs::contains).stream().filter(e -> e.month() >= start).toList();
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
                    kept.add(
                            0,
                            new DatedEvent(
                                    event.month(),
                                    event.months(),
                                    left,
                                    event.title(),
                                    event.source(),
                                    event.observed()));
                }
            } else {
                kept.add(0, event);
            }
        }
        return kept;
    }
}
