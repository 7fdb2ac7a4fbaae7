package twostacks.world;

import twostacks.agents.Lab;
import twostacks.policy.DatedEvent;

/**
 * Something that happened in a month.
 *
 * @param kind kind: an intervention's key, or release, flip, stance, securityIncident, misuseIncident
 * @param actor who did it or caused it
 * @param target whom or what it concerns
 * @param detail the rest, as a phrase
 */
public record HappenedEvent(String kind, String actor, String target, String detail) {

    static HappenedEvent scheduled(DatedEvent event) {
        String actor = "";
        String target = "";
        if (event.what() instanceof twostacks.policy.Intervention.Release release) {
            actor = release.lab();
            target = release.model();
        } else {
            actor = read(event.what(), "by");
            target = read(event.what(), "nations");
        }
        return new HappenedEvent(event.what().key(), actor, target, event.title());
    }

    private static String read(Object intervention, String component) {
        for (java.lang.reflect.RecordComponent c : intervention.getClass().getRecordComponents()) {
            if (c.getName().equals(component)) {
                try {
                    Object value = c.getAccessor().invoke(intervention);
                    if (value instanceof java.util.List<?> list) {
                        return String.join(
                                " ", list.stream().map(Object::toString).toList());
                    }
                    return value == null ? "" : value.toString();
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("cannot read " + component, e);
                }
            }
        }
        return "";
    }

    static HappenedEvent release(Lab lab) {
        return new HappenedEvent(
                "release",
                lab.spec.name(),
                "",
                lab.spec.openWeights()
                        ? "own release, weights published unless withheld"
                        : "own release, service only");
    }
}
