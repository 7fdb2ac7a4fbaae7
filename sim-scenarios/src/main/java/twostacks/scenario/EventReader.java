package twostacks.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import twostacks.facts.Dates;
import twostacks.input.CsvReader;
import twostacks.input.Fields;
import twostacks.input.Months;
import twostacks.input.Node;
import twostacks.input.Problems;
import twostacks.input.Source;
import twostacks.input.Values;
import twostacks.policy.DatedEvent;
import twostacks.policy.Intervention;
import twostacks.policy.ShockKind;

/** Reads events: those of a scenario file, and those of a table of observed events. */
final class EventReader {
    private static final int MOST_MONTHS = 12_000;
    private static final List<String> READ = List.of(
            "date",
            "do",
            "by",
            "labs",
            "nations",
            "tiers",
            "origin",
            "segments",
            "channels",
            "value",
            "months",
            "title",
            "source");
    private static final List<String> NOT_READ = List.of("basis", "confidence", "amount_basis");

    /** Observed rules of these kinds outlast the data unless a row says for how long they are in force. */
    private static final Set<String> LASTING =
            Set.of("withholdWeights", "sovereignProgramme", "ban", "diplomacy", "package");

    private final int start;
    private final Problems problems;

    EventReader(int start, Problems problems) {
        this.start = start;
        this.problems = problems;
    }

    /** The events of a scenario file. */
    List<DatedEvent> read(Node node, EventFormat.Names names) {
        List<DatedEvent> events = new ArrayList<>();
        List<Node> items = Values.items(node, "events", problems);
        for (int i = 0; i < items.size(); i++) {
            DatedEvent event = event(items.get(i), "events[" + i + "]", names);
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    private DatedEvent event(Node node, String path, EventFormat.Names names) {
        int before = problems.count();
        Fields fields = Fields.of(node, path, problems);
        if (!(node instanceof Node.Mapping)) {
            if (Values.isNothing(node)) {
                problems.add(node.place(), path, Values.describe(node, path), "keys and values");
            }
            return null;
        }
        Integer month = Values.month(fields.require("date"), fields.path("date"), problems);
        EventFormat.Kind kind = kind(fields.require("do"), fields.path("do"));
        Integer months = months(fields, kind);
        String title = fields.text("title", "");
        String source = fields.text("source", "");
        boolean observed = fields.truth("observed", false);
        if (kind == null) {
            return null;
        }
        Intervention what = EventFormat.read(kind, fields, node.place(), names, problems);
        fields.done();
        if (month != null && months != null && end(month, months) <= start) {
            problems.add(
                    fields.get("date").place(),
                    fields.path("date"),
                    "this is over before the scenario starts in " + Months.text(start),
                    "a later date");
        }
        return what == null || problems.count() > before
                ? null
                : clipped(new DatedEvent(month, months, what, title, source, observed));
    }

    private EventFormat.Kind kind(Node node, String path) {
        List<String> keys =
                EventFormat.kinds().stream().map(EventFormat.Kind::key).toList();
        String key = Values.oneOf(node, path, "another word", keys, problems);
        return key == null ? null : EventFormat.kind(key);
    }

    private Integer months(Fields fields, EventFormat.Kind kind) {
        Node node = fields.get("months");
        if (node == null || Values.is(node, "end")) {
            return kind != null && kind.once() ? 1 : DatedEvent.TO_THE_END;
        }
        if (kind != null && kind.once() && !Values.is(node, "1")) {
            problems.add(
                    node.place(),
                    fields.path("months"),
                    "'" + kind.key() + "' happens in its first month only",
                    "no 'months'");
            return null;
        }
        return Values.whole(node, fields.path("months"), 1, MOST_MONTHS, problems);
    }

    private static long end(int month, int months) {
        return months == DatedEvent.TO_THE_END ? Long.MAX_VALUE : (long) month + months;
    }

    /** What is left of an event in the scenario's time; null if it is over before. */
    DatedEvent clipped(DatedEvent event) {
        if (end(event.month(), event.months()) <= start) {
            return null;
        }
        if (event.month() >= start) {
            return event;
        }
        int months = event.months() == DatedEvent.TO_THE_END
                ? DatedEvent.TO_THE_END
                : event.months() - (start - event.month());
        return new DatedEvent(start, months, event.what(), event.title(), event.source(), event.observed());
    }

    /**
     * The rows of a table of observed events, in their own time. A row without months is in force until the data end,
     * after which the parameters rule; bans, programmes, packages, diplomacy and withheld weights last.
     */
    List<DatedEvent> observed(Source source, int dataEnd, EventFormat.Names names) {
        List<DatedEvent> events = new ArrayList<>();
        for (Node.Mapping row :
                CsvReader.read(source, READ, optional(), problems).rows()) {
            DatedEvent event = row(row, dataEnd, names);
            if (event != null && event.month() < dataEnd) {
                events.add(event);
            }
        }
        return events;
    }

    private DatedEvent row(Node.Mapping row, int dataEnd, EventFormat.Names names) {
        int before = problems.count();
        Fields cells = Fields.of(row, "", problems);
        Integer month = Dates.month(cells.require("date"), "date", problems);
        Node written = cells.require("do");
        Node.Mapping translated = translated(row);
        EventFormat.Kind kind = kind(translated.get("do") == null ? written : translated.get("do"), "do");
        if (kind == null || month == null) {
            return null;
        }
        Fields fields = Fields.of(entries(translated, kind), "", problems);
        fields.get("do");
        Integer months = Values.whole(cells.get("months"), "months", 1, MOST_MONTHS, problems);
        Intervention what = EventFormat.read(kind, fields, row.place(), names, problems);
        fields.done();
        String title = cells.text("title", "");
        if (what == null || problems.count() > before) {
            return null;
        }
        if (months == null) {
            boolean last = LASTING.contains(kind.key());
            months = kind.once() ? 1 : last ? DatedEvent.TO_THE_END : Math.max(1, dataEnd - month);
        }
        return new DatedEvent(month, months, what, title, cells.text("source", ""), true);
    }

    /** A row with the words of a scenario file for those of the table. */
    private static Node.Mapping translated(Node.Mapping row) {
        List<Node.Entry> entries = new ArrayList<>();
        for (Node.Entry entry : row.entries()) {
            Node.Scalar value = (Node.Scalar) entry.value();
            if (!entry.key().text().equals("do")) {
                entries.add(entry);
                continue;
            }
            String shock = switch (value.text()) {
                case "securityIncident" -> EventFormat.text(ShockKind.SECURITY);
                case "misuseIncident" -> EventFormat.text(ShockKind.MISUSE);
                case "backdoor" -> EventFormat.text(ShockKind.BACKDOOR);
                default -> null;
            };
            String key =
                    shock != null ? "incident" : value.text().equals("sovereign") ? "sovereignProgramme" : value.text();
            entries.add(new Node.Entry(entry.key(), new Node.Scalar(value.place(), key, true)));
            if (shock != null) {
                entries.add(new Node.Entry(
                        new Node.Scalar(value.place(), "kind", true), new Node.Scalar(value.place(), shock, true)));
            }
        }
        return new Node.Mapping(row.place(), entries);
    }

    /** The columns that a table may have besides: notes, and the components of every kind. */
    private static List<String> optional() {
        Set<String> columns = new LinkedHashSet<>(NOT_READ);
        for (EventFormat.Kind kind : EventFormat.kinds()) {
            kind.components().forEach(c -> columns.add(c.column()));
        }
        columns.removeAll(READ);
        return List.copyOf(columns);
    }

    /** The cells of a row that are no notes, under the names of its kind's components. */
    private static Node.Mapping entries(Node.Mapping row, EventFormat.Kind kind) {
        Set<String> common = Set.of("date", "do", "months", "title", "source");
        List<Node.Entry> entries = new ArrayList<>();
        for (Node.Entry entry : row.entries()) {
            String column = entry.key().text();
            if (common.contains(column)
                    || NOT_READ.contains(column)
                    || kind.components().isEmpty()) {
                continue;
            }
            EventFormat.Component component = kind.components().stream()
                    .filter(c -> c.column().equals(column))
                    .findFirst()
                    .orElse(column.equals("value") ? kind.principal() : null);
            if (component == null) {
                entries.add(entry);
            } else {
                Node value = component.isList() ? CsvReader.list(entry.value()) : entry.value();
                entries.add(renamed(entry, component.name(), value));
            }
        }
        return new Node.Mapping(row.place(), entries);
    }

    private static Node.Entry renamed(Node.Entry entry, String name, Node value) {
        return new Node.Entry(new Node.Scalar(entry.key().place(), name, true), value);
    }

    /**
     * The name by which an observed event can be left out.
     *
     * @return date, kind and title in small letters, joined by dashes
     */
    static String id(DatedEvent event) {
        String text = Months.text(event.month()) + " " + event.what().key() + " " + event.title();
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
    }
}
