package twostacks.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import twostacks.agents.NationFacts;
import twostacks.maths.DetMath;
import twostacks.parameters.ModelParameters;

/**
 * Whom a nation listens to: the nations nearest in alignment and in space, with weights e^(−|Δalignment|/a)·e^(−km/d),
 * the {@value #TIES} strongest of them, summing to 1; or the weights that its facts give.
 */
final class TrustNetwork {
    /** Ties a nation has at most. */
    static final int TIES = 24;

    private static final double EARTH_RADIUS_KM = 6371;
    /** By how much exponents may differ whose exponentials do not, or the other way; far above both. */
    private static final double ROUNDING = 1e-6;

    private final int[][] others;
    private final double[][] weights;

    TrustNetwork(List<NationFacts> nations, Map<String, Integer> places, ModelParameters.Trust trust) {
        int n = nations.size();
        others = new int[n][];
        weights = new double[n][];
        double[][] point = new double[n][];
        for (int i = 0; i < n; i++) {
            point[i] = point(nations.get(i));
        }
        for (int i = 0; i < n; i++) {
            NationFacts nation = nations.get(i);
            if (!nation.connected()) {
                others[i] = new int[0];
                weights[i] = new double[0];
            } else if (nation.trustLinks().isEmpty()) {
                nearest(i, nations, point, trust);
            } else {
                given(i, nation, places);
            }
        }
    }

    private static double[] point(NationFacts nation) {
        double lat = StrictMath.toRadians(nation.latitude());
        double lon = StrictMath.toRadians(nation.longitude());
        return new double[] {
            StrictMath.cos(lat) * StrictMath.cos(lon), StrictMath.cos(lat) * StrictMath.sin(lon), StrictMath.sin(lat)
        };
    }

    private record Tie(int to, double weight) {}

    /**
     * Keeps the strongest ties so far, strongest first, equal ones by place, which is the order of codes. What is weaker
     * by more than rounding could turn needs no exponential.
     */
    private void nearest(int i, List<NationFacts> nations, double[][] point, ModelParameters.Trust trust) {
        Tie[] strongest = new Tie[TIES];
        double least = Double.NEGATIVE_INFINITY;
        int count = 0;
        NationFacts nation = nations.get(i);
        for (int j = 0; j < nations.size(); j++) {
            if (j == i || !nations.get(j).connected()) {
                continue;
            }
            double dx = point[i][0] - point[j][0];
            double dy = point[i][1] - point[j][1];
            double dz = point[i][2] - point[j][2];
            double km = EARTH_RADIUS_KM * StrictMath.sqrt(dx * dx + dy * dy + dz * dz);
            double apart = StrictMath.abs(nation.alignment() - nations.get(j).alignment());
            double exponent = -apart / trust.networkAlignment() - km / trust.networkDistance();
            if (exponent < least - ROUNDING) {
                continue;
            }
            double weight = DetMath.exp(exponent);
            if (count == TIES && weight <= strongest[TIES - 1].weight()) {
                continue;
            }
            int at = count < TIES ? count++ : TIES - 1;
            for (; at > 0 && strongest[at - 1].weight() < weight; at--) {
                strongest[at] = strongest[at - 1];
            }
            strongest[at] = new Tie(j, weight);
            if (count == TIES && strongest[TIES - 1].weight() > 0) {
                least = DetMath.log(strongest[TIES - 1].weight());
            }
        }
        take(
                i,
                Arrays.stream(strongest, 0, count)
                        .sorted(Comparator.comparingInt(Tie::to))
                        .toList());
    }

    private void given(int i, NationFacts nation, Map<String, Integer> places) {
        List<Tie> ties = new ArrayList<>();
        nation.trustLinks().forEach((code, weight) -> {
            if (places.containsKey(code) && weight > 0) {
                ties.add(new Tie(places.get(code), weight));
            }
        });
        ties.sort(Comparator.comparingInt(Tie::to));
        take(i, ties);
    }

    private void take(int i, List<Tie> ties) {
        // A loop: the sum of a stream may add in another order on another JDK.
        double sum = 0;
        for (Tie tie : ties) {
            sum += tie.weight();
        }
        if (sum == 0) {
            // Everybody is too far away for any weight.
            others[i] = new int[0];
            weights[i] = new double[0];
            return;
        }
        double total = sum;
        others[i] = ties.stream().mapToInt(Tie::to).toArray();
        weights[i] = ties.stream().mapToDouble(t -> t.weight() / total).toArray();
    }

    /** Whether a nation listens to anybody. */
    boolean listens(int i) {
        return others[i].length > 0;
    }

    /** Mean of other nations' trust, by bloc. */
    void mean(int i, double[][] trust, double[] into) {
        for (int b = 0; b < into.length; b++) {
            double sum = 0;
            for (int t = 0; t < others[i].length; t++) {
                sum += weights[i][t] * trust[others[i][t]][b];
            }
            into[b] = sum;
        }
    }
}
