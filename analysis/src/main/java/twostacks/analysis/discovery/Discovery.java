package twostacks.analysis.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import twostacks.analysis.results.PackageWriter;
import twostacks.analysis.results.PackageWriter.Column;
import twostacks.analysis.results.ResultException;
import twostacks.analysis.results.Sweep;

/**
 * Boxes of parameters, scenarios and levers in which the runs of a sweep meet a condition. One box after another is sought
 * among the cases that no earlier one covers; those after the first are told only where they reach the density wanted.
 *
 * <p>How far a box can be relied on is asked of resamples: points of the design are drawn with replacement, the box is
 * sought anew among their cases, and the points that were not drawn say what its density and coverage are worth for
 * cases that it was not fitted to ({@code out of bag}).
 */
public final class Discovery {
    /** Name of the directory that it writes. */
    public static final String FOLDER = "discovery";

    private static final int LEAST_CASES = 20;

    /**
     * How to look.
     *
     * @param boxes most boxes
     * @param density density wanted, in (0, 1]
     * @param peel share of the cases in a box that a cut removes, in (0, 1)
     * @param paste share by which a side is moved outwards, in (0, 1)
     * @param leastMass least share of all cases in a box, in (0, 1)
     * @param significance quasi-p-value above which a restriction is dropped, in (0, 1]
     * @param resamples resamples
     * @param seed seed of resampling
     */
    public record Options(
            int boxes,
            double density,
            double peel,
            double paste,
            double leastMass,
            double significance,
            int resamples,
            long seed) {
        Prim.Options prim() {
            return new Prim.Options(peel, paste, leastMass, density, significance);
        }
    }

    /**
     * A restriction of a box.
     *
     * @param dimension factor, scenario or lever
     * @param side least, most or among
     * @param value the end, which belongs to the box; NaN for categories
     * @param decimals decimals of the value
     * @param categories categories in the box; none for values
     * @param quasiP quasi-p-value; see {@link Prim}
     * @param densityWithout density of the box without it
     * @param coverageWithout coverage of the box without it
     * @param reproduced share of resamples whose box restricts this side
     */
    public record Restriction(
            String dimension,
            String side,
            double value,
            int decimals,
            List<String> categories,
            double quasiP,
            double densityWithout,
            double coverageWithout,
            double reproduced) {}

    /**
     * A box on the way to the one found.
     *
     * @param kind all, peel, drop or paste
     * @param dimension what was moved; empty for the first
     * @param side side that was moved; empty for the first
     * @param cases cases in the box
     * @param coverage part of the yield of all cases
     * @param density mean yield of its cases
     * @param restricted number of dimensions restricted
     * @param chosen whether it is the one that peeling was stopped at
     */
    public record Step(
            String kind,
            String dimension,
            String side,
            int cases,
            double coverage,
            double density,
            int restricted,
            boolean chosen) {}

    /**
     * A box.
     *
     * @param cases cases in it, without those of earlier boxes
     * @param yield sum of their yields
     * @param mass part of all cases
     * @param coverage part of the yield of all cases
     * @param density mean yield
     * @param outOfBagDensity density of boxes found in resamples among points that were not drawn
     * @param outOfBagCoverage their coverage there
     * @param restrictions restrictions
     * @param steps the way to it
     */
    public record Box(
            int cases,
            double yield,
            double mass,
            double coverage,
            double density,
            double outOfBagDensity,
            double outOfBagCoverage,
            List<Restriction> restrictions,
            List<Step> steps) {
        /** Copies the lists. */
        public Box {
            restrictions = List.copyOf(restrictions);
            steps = List.copyOf(steps);
        }

        private int restricted() {
            return (int)
                    restrictions.stream().map(Restriction::dimension).distinct().count();
        }
    }

    /**
     * What was found.
     *
     * @param what what a case is, in words
     * @param cases cases
     * @param masked cases without a run
     * @param failedRuns runs that failed
     * @param yield sum of yields
     * @param dimensions names of the dimensions
     * @param boxes boxes; none if the condition holds always or never, or no box is denser than all cases
     */
    public record Finding(
            String what,
            int cases,
            int masked,
            long failedRuns,
            double yield,
            List<String> dimensions,
            List<Box> boxes) {
        /** Copies the lists. */
        public Finding {
            dimensions = List.copyOf(dimensions);
            boxes = List.copyOf(boxes);
        }

        /**
         * Mean yield of all cases.
         *
         * @return density
         */
        public double density() {
            return yield / cases;
        }
    }

    private final Sweep sweep;
    private final Condition condition;
    private final Options options;
    private final Cases cases;
    private final Prim.Data data;

    /**
     * Prepares.
     *
     * @param sweep sweep
     * @param condition what is looked for
     * @param options how to look
     * @throws ResultException if the sweep has no dimensions, or too few cases
     */
    public Discovery(Sweep sweep, Condition condition, Options options) {
        this.sweep = sweep;
        this.condition = condition;
        this.options = options;
        this.cases = new Cases(sweep, condition);
        this.data = cases.data();
        if (cases.dimensions().isEmpty()) {
            throw new ResultException(
                    sweep.results().directory() + " has no factors, levers or scenarios that boxes could be made of");
        }
        if (cases.size() < LEAST_CASES) {
            throw new ResultException(sweep.results().directory() + " has " + cases.size() + " cases with a value of '"
                    + condition + "'; boxes need at least " + LEAST_CASES);
        }
    }

    /**
     * What a condition about a sweep may name.
     *
     * @param sweep sweep
     * @return its outcomes, factors and levers
     */
    public static Condition.Names names(Sweep sweep) {
        return Cases.names(sweep);
    }

    /**
     * Looks.
     *
     * @return what was found
     */
    public Finding find() {
        double yield = Arrays.stream(data.yield()).sum();
        List<Box> boxes = new ArrayList<>();
        int[] left = IntStream.range(0, data.size()).toArray();
        while (boxes.size() < options.boxes && left.length > 0) {
            Prim.Data some = data.only(left);
            if (Arrays.stream(some.yield()).sum() <= 0) {
                break;
            }
            Prim.Trajectory trajectory = new Prim(some, options.prim(), data.size()).find();
            Prim.Step found = trajectory.found();
            double enough = boxes.isEmpty() ? yield / data.size() : options.density;
            if (found.box().restrictions().isEmpty() || found.count().density() < enough) {
                break;
            }
            boxes.add(box(some, left, trajectory, yield, boxes.size()));
            left = Arrays.stream(left).filter(i -> !found.box().has(data, i)).toArray();
        }
        return new Finding(cases.what(), data.size(), cases.masked(), sweep.failed(), yield, cases.dimensions(), boxes);
    }

    private Box box(Prim.Data some, int[] left, Prim.Trajectory trajectory, double yield, int number) {
        Prim.Step found = trajectory.found();
        Prim prim = new Prim(some, options.prim(), data.size());
        List<Prim.Restriction> restrictions = found.box().restrictions();
        int[] reproduced = new int[restrictions.size()];
        double[] bag = resample(left, restrictions, reproduced, number);
        List<Restriction> told = new ArrayList<>();
        for (int i = 0; i < restrictions.size(); i++) {
            Prim.Restriction r = restrictions.get(i);
            Prim.Count without = Prim.count(some, found.box().lift(r));
            double value = switch (r.side()) {
                case LEAST -> found.box().low(r.dimension());
                case MOST -> found.box().high(r.dimension());
                case AMONG -> Double.NaN;
            };
            told.add(new Restriction(
                    cases.dimensions().get(r.dimension()),
                    word(r.side()),
                    value,
                    r.side() == Prim.Side.AMONG ? 0 : decimals(r.dimension()),
                    r.side() == Prim.Side.AMONG ? among(found.box(), r.dimension()) : List.of(),
                    prim.quasiP(found.box(), r),
                    without.density(),
                    without.yield() / yield,
                    (double) reproduced[i] / options.resamples));
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < trajectory.steps().size(); i++) {
            Prim.Step s = trajectory.steps().get(i);
            steps.add(new Step(
                    s.kind(),
                    s.moved() == null ? "" : cases.dimensions().get(s.moved().dimension()),
                    s.moved() == null ? "" : word(s.moved().side()),
                    s.count().cases(),
                    s.count().yield() / yield,
                    s.count().density(),
                    s.box().restrictedDimensions(),
                    i == trajectory.chosen()));
        }
        Prim.Count count = found.count();
        return new Box(
                count.cases(),
                count.yield(),
                (double) count.cases() / data.size(),
                count.yield() / yield,
                count.density(),
                bag[0],
                bag[1],
                told,
                steps);
    }

    private static String word(Prim.Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    private int decimals(int dimension) {
        return sweep.results()
                .table("design")
                .field(cases.dimensions().get(dimension))
                .decimals();
    }

    private List<String> among(Prim.Box box, int dimension) {
        List<String> names = cases.categories(dimension);
        return IntStream.range(0, names.size())
                .filter(c -> !box.without(dimension, c))
                .mapToObj(names::get)
                .toList();
    }

    /** Density and coverage out of bag; counts on the way how often each side is restricted again. */
    private double[] resample(int[] left, List<Prim.Restriction> restrictions, int[] reproduced, int number) {
        Map<Integer, List<Integer>> byPoint = new LinkedHashMap<>();
        for (int c : left) {
            byPoint.computeIfAbsent(cases.point(c), p -> new ArrayList<>()).add(c);
        }
        List<int[]> of = byPoint.values().stream()
                .map(l -> l.stream().mapToInt(Integer::intValue).toArray())
                .toList();
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(options.seed + number);
        double inBox = 0;
        double yieldInBox = 0;
        double yieldOut = 0;
        for (int r = 0; r < options.resamples; r++) {
            boolean[] drawn = new boolean[of.size()];
            List<int[]> draws = new ArrayList<>();
            for (int i = 0; i < drawn.length; i++) {
                int point = random.nextInt(drawn.length);
                drawn[point] = true;
                draws.add(of.get(point));
            }
            int[] bag = draws.stream().flatMapToInt(Arrays::stream).toArray();
            Prim.Box box = new Prim(
                            data.only(bag), options.prim(), (int) ((long) data.size() * bag.length / left.length))
                    .find()
                    .found()
                    .box();
            List<Prim.Restriction> again = box.restrictions();
            for (int i = 0; i < reproduced.length; i++) {
                reproduced[i] += again.contains(restrictions.get(i)) ? 1 : 0;
            }
            for (int point = 0; point < drawn.length; point++) {
                for (int c : drawn[point] ? new int[0] : of.get(point)) {
                    yieldOut += data.yield()[c];
                    if (box.has(data, c)) {
                        inBox++;
                        yieldInBox += data.yield()[c];
                    }
                }
            }
        }
        return new double[] {
            inBox == 0 ? Double.NaN : yieldInBox / inBox, yieldOut == 0 ? Double.NaN : yieldInBox / yieldOut
        };
    }

    // Writing ---------------------------------------------------------------------------------------------------------

    /**
     * Writes what was found, with the data package that describes it.
     *
     * @param directory where
     * @param finding what was found
     * @throws IOException if it cannot be written
     */
    public void write(Path directory, Finding finding) throws IOException {
        try (PackageWriter writer = new PackageWriter(directory)) {
            boxes(writer, finding);
            restrictions(writer, finding);
            trajectories(writer, finding);
            ObjectNode block = PackageWriter.object();
            block.put("schemaVersion", 1);
            block.put("kind", "discovery");
            block.set("sweep", sweep.results().block().path("planHash"));
            block.set("experiment", sweep.results().block().path("experiment"));
            block.set("design", sweep.results().block().path("design"));
            block.put("condition", condition.toString());
            block.put("case", finding.what());
            block.put("cases", finding.cases());
            block.put("masked", finding.masked());
            block.put("failedRuns", finding.failedRuns());
            block.put("density", decimal(finding.density()));
            ObjectNode how = block.putObject("options");
            how.put("boxes", options.boxes);
            how.put("density", java.math.BigDecimal.valueOf(options.density));
            how.put("peel", java.math.BigDecimal.valueOf(options.peel));
            how.put("paste", java.math.BigDecimal.valueOf(options.paste));
            how.put("leastMass", java.math.BigDecimal.valueOf(options.leastMass));
            how.put("significance", java.math.BigDecimal.valueOf(options.significance));
            how.put("resamples", options.resamples);
            how.put("seed", options.seed);
            writer.publish(
                    "twostacks: boxes of "
                            + sweep.results().block().path("experiment").asText(),
                    block);
        }
    }

    private static java.math.BigDecimal decimal(double value) {
        return new java.math.BigDecimal(value).setScale(6, java.math.RoundingMode.HALF_UP);
    }

    private static void boxes(PackageWriter writer, Finding finding) throws IOException {
        PackageWriter.Table table = writer.table(
                "boxes",
                "boxes in which the condition holds, one after another among the cases that no earlier one covers",
                List.of("box"),
                List.of(
                        Column.integer("box", "number of the box, from 1"),
                        Column.integer("cases", "cases in it, without those of earlier boxes"),
                        Column.number("yield", 6, "", "cases in which the condition holds, replicates as parts of one"),
                        Column.number("mass", 6, "", "cases, as a part of all"),
                        Column.number("coverage", 6, "", "yield, as a part of that of all cases"),
                        Column.number("density", 6, "", "yield, as a part of the cases"),
                        Column.integer("restricted", "dimensions restricted"),
                        Column.number(
                                "density_out_of_bag",
                                6,
                                "",
                                "density of boxes found in resamples among points that were not drawn"),
                        Column.number("coverage_out_of_bag", 6, "", "coverage of such boxes among those points")));
        int number = 0;
        for (Box box : finding.boxes()) {
            table.add(++number)
                    .add(box.cases())
                    .add(box.yield())
                    .add(box.mass())
                    .add(box.coverage())
                    .add(box.density())
                    .add(box.restricted())
                    .add(box.outOfBagDensity())
                    .add(box.outOfBagCoverage())
                    .endRow();
        }
    }

    private static void restrictions(PackageWriter writer, Finding finding) throws IOException {
        PackageWriter.Table table = writer.table(
                "restrictions",
                "what each box restricts",
                List.of("box", "dimension", "side"),
                List.of(
                        Column.integer("box", "number of the box"),
                        Column.text("dimension", "factor, scenario or lever"),
                        Column.text("side", "least, most, or among for categories"),
                        Column.number("value", 0, "", "end of the box, which belongs to it, in the factor's unit"),
                        Column.text("categories", "categories in the box, separated by blanks"),
                        Column.number(
                                "quasi_p", 6, "", "chance of as much yield with the density that it has without this"),
                        Column.number("density_without", 6, "", "density of the box without this restriction"),
                        Column.number("coverage_without", 6, "", "its coverage"),
                        Column.number("reproduced", 6, "", "share of resamples whose box restricts this side")));
        int number = 0;
        for (Box box : finding.boxes()) {
            number++;
            for (Restriction r : box.restrictions()) {
                table.add(number)
                        .add(r.dimension())
                        .add(r.side())
                        .add(r.value(), r.decimals())
                        .add(String.join(" ", r.categories()))
                        .add(r.quasiP())
                        .add(r.densityWithout())
                        .add(r.coverageWithout())
                        .add(r.reproduced())
                        .endRow();
            }
        }
    }

    private static void trajectories(PackageWriter writer, Finding finding) throws IOException {
        PackageWriter.Table table = writer.table(
                "trajectory",
                "the way to each box: cuts, and what was dropped and pasted at the one chosen",
                List.of("box", "step"),
                List.of(
                        Column.integer("box", "number of the box"),
                        Column.integer("step", "number of the step, from 0: all cases"),
                        Column.text("kind", "all, peel, drop or paste"),
                        Column.text("dimension", "what was moved"),
                        Column.text("side", "the side that was moved"),
                        Column.integer("cases", "cases in the box"),
                        Column.number("coverage", 6, "", "their yield, as a part of that of all cases"),
                        Column.number("density", 6, "", "their yield, as a part of the cases"),
                        Column.integer("restricted", "dimensions restricted"),
                        Column.integer("chosen", "1 where peeling was stopped, to drop and paste; else 0")));
        int number = 0;
        for (Box box : finding.boxes()) {
            number++;
            int at = 0;
            for (Step s : box.steps()) {
                table.add(number)
                        .add(at++)
                        .add(s.kind())
                        .add(s.dimension())
                        .add(s.side())
                        .add(s.cases())
                        .add(s.coverage())
                        .add(s.density())
                        .add(s.restricted())
                        .add(s.chosen() ? 1 : 0)
                        .endRow();
            }
        }
    }
}
