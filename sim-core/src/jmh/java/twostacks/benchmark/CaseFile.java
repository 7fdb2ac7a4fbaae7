package twostacks.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import twostacks.adoption.Taste;
import twostacks.policy.Stack;
import twostacks.random.Draws;

/**
 * Writes a {@link BenchmarkCase} for programs in other languages: lines of a name, a number of values and the values,
 * doubles in hexadecimal so that no bit is lost. The tables that the engine makes with {@link StrictMath} are among them.
 */
final class CaseFile {
    private final PrintWriter out;

    private CaseFile(PrintWriter out) {
        this.out = out;
    }

    /**
     * Writes a case.
     *
     * @param args the file, the number of offers, {@code true} or {@code false} for peers
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        BenchmarkCase c = new BenchmarkCase(1000, Integer.parseInt(args[1]), Boolean.parseBoolean(args[2]), Map.of());
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[0]), StandardCharsets.US_ASCII))) {
            new CaseFile(out).write(c);
        }
    }

    private void write(BenchmarkCase c) {
        integers("nation", Draws.part(BenchmarkCase.NATION));
        integers("months", BenchmarkCase.MONTHS);
        integers("segments", c.sizes.length);
        integers("offers", c.offers.count);
        integers("stack", c.offers.stack);
        integers("lab", c.offers.lab);
        integers("first", c.offers.first);
        integers("end", c.offers.end);
        integers("stackOrder", c.offers.stackOrder);
        int[] signs = new int[Stack.COUNT];
        Arrays.setAll(signs, g -> Stack.of(g).origin().sign());
        integers("sign", signs);

        doubles("segmentShare", c.p.population().segmentShare());
        integers("peers", c.p.population().peers());
        doubles("rewiring", c.p.population().rewiring());
        doubles("social", c.p.choice().social());
        doubles("peerWeight", c.p.choice().peerWeight());
        doubles("switching", c.p.choice().switching());
        doubles("lockInTime", c.p.choice().lockInTime());
        doubles("distanceFamily", c.p.choice().distanceFamily());
        doubles("distanceStack", c.p.choice().distanceStack());
        doubles("distanceNone", c.p.choice().distanceNone());
        doubles("review", c.p.choice().review());
        doubles("tasteSpread", c.p.choice().tasteSpread());
        doubles("taste", Taste.values(c.p.choice().tasteBins()));
        doubles("nestDissimilarity", c.p.choice().nestDissimilarity());
        doubles("useDissimilarity", c.p.choice().useDissimilarity());
        doubles("innovation", c.p.awareness().innovation());
        doubles("imitation", c.p.awareness().imitation());
        doubles("worldWeight", c.p.awareness().worldWeight());
        doubles("stackReach", c.p.awareness().stackReach());
        doubles("initial", c.p.awareness().initial());
        doubles("nonUse", c.nonUse);

        doubles(
                "available",
                Arrays.stream(c.availableTable())
                        .flatMapToDouble(Arrays::stream)
                        .toArray());
        doubles(
                "utility",
                Arrays.stream(c.utilityTable())
                        .flatMap(Arrays::stream)
                        .flatMapToDouble(Arrays::stream)
                        .toArray());

        double[] powers = new double[64];
        Arrays.setAll(powers, j -> StrictMath.pow(2, j / 64.0));
        doubles("expTable", powers);
        double[] centres = new double[128];
        Arrays.setAll(centres, CaseFile::logCentre);
        doubles("logCentre", centres);
        doubles("logTable", Arrays.stream(centres).map(StrictMath::log).toArray());
    }

    private static double logCentre(int j) {
        long step = 1L << 45;
        double centre = Double.longBitsToDouble(Double.doubleToRawLongBits(StrictMath.sqrt(.5)) + j * step + step / 2);
        return StrictMath.abs(centre - 1) < .008 ? 1 : centre;
    }

    private void integers(String name, int... values) {
        integers(name, Arrays.stream(values).asLongStream().toArray());
    }

    private void integers(String name, long... values) {
        out.print(name + " " + values.length);
        for (long value : values) {
            out.print(" " + value);
        }
        out.print("\n");
    }

    private void doubles(String name, double... values) {
        out.print(name + " " + values.length);
        for (double value : values) {
            out.print(" " + (value == Double.NEGATIVE_INFINITY ? "-inf" : Double.toHexString(value)));
        }
        out.print("\n");
    }
}
