package twostacks.population;

import java.util.Arrays;
import twostacks.adoption.Tenure;
import twostacks.policy.Bloc;
import twostacks.policy.Stack;
import twostacks.random.Binomial;
import twostacks.random.Draws;
import twostacks.random.Purpose;
import twostacks.random.Trials;

/**
 * A nation's adopters as counts. Where peers do not matter, adopters of a segment who use the same offer, have the same
 * tenure, consider the same stacks, share a bin of taste and an interval of ranks are exchangeable: how many of them come to
 * consider a stack and how many review is binomial, and what those choose multinomial. The joint distribution of all
 * counts is that of {@link Adopters}; who is meant by them is nobody's concern.
 *
 * <p>What a month costs depends on the number of cells that hold anybody, and hardly on how many they hold: never more
 * than there are adopters, and bounded by what can set adopters apart. Most cells keep all of theirs in a month, which one
 * comparison tells ({@link Trials}). Those who move are put together as far as they are alike in where they go
 * ({@link Moves}), and drawn one by one where that is less work than a number for each offer.
 *
 * <p>Ranks are uniform within an interval, whatever has happened to its adopters, because all of them have met the same
 * availability. Where a share of availability falls inside an interval, the interval and its cells are cut in two.
 *
 * <p>Draws are keyed by nation, segment, month, bin of taste and interval, and taken in the order of cells there.
 */
public final class AdopterCounts extends Population {
    private static final int TENURE_BITS = CountBench.TENURE_BITS;
    private static final int TENURES = (1 << TENURE_BITS) - 1;
    /** Reviewers expected in a cell below which they are drawn first, and what they need only if there are any. */
    private static final double RARE = .5;

    private final int tasteBins;
    private final boolean mirrored;
    private final long countKey;
    /** By segment and position of the stack: probability that one who does not consider it comes to do so. */
    private final double[][] hazard;
    /** Users by segment and tenure. */
    private final int[][] tenures;
    /** By segment, where each interval of ranks begins, ascending. */
    private final double[][] lowest;
    /** By segment, cells by bin of taste, interval, set of stacks, offer and tenure. */
    private final Cells[] cells;
    /** By segment, for each bin of taste and interval, past its last cell. */
    private final int[][] ends;

    private boolean displacing;
    private int now;
    private int before = -1;

    // Of the work at hand.
    private final double[] anyProbability = new double[1 << Stack.COUNT];
    private final double[] anyHazard = new double[1 << Stack.COUNT];
    private int segment;
    private SegmentTerms terms;
    private double review;
    private double reviewHazard;
    private CountBench bench;
    private Trials trials;
    private Moves moves;

    /**
     * Adopters of a nation, none of whom uses anything.
     *
     * @param iso3 code of the nation
     * @param seed seed
     * @param replicate replicate
     * @param sizes number of adopters of each segment
     * @param offers offers of the world
     * @param tasteBins number of taste bins
     * @param mirrored whether draws are those of the mirror image
     */
    public AdopterCounts(
            String iso3, long seed, long replicate, int[] sizes, Offers offers, int tasteBins, boolean mirrored) {
        super(sizes, offers);
        this.tasteBins = tasteBins;
        this.mirrored = mirrored;
        long part = Draws.part(mirrored ? Bloc.mirroredHome(iso3) : iso3);
        countKey = Draws.key(Draws.key(seed, replicate, Purpose.COUNTS), part);
        hazard = new double[sizes.length][Stack.COUNT];
        tenures = new int[sizes.length][Tenure.LONG + 1];
        lowest = new double[sizes.length][1];
        cells = new Cells[sizes.length];
        ends = new int[sizes.length][tasteBins];
        long tasteKey = Draws.key(Draws.key(seed, replicate, Purpose.TASTE), part);
        for (int s = 0; s < sizes.length; s++) {
            cells[s] = new Cells();
            int left = sizes[s];
            for (int bin = 0; bin < tasteBins; bin++) {
                int n = Binomial.draw(Draws.key(Draws.key(tasteKey, s), bin), left, 1.0 / (tasteBins - bin));
                cells[s].add(none << TENURE_BITS, n);
                ends[s][bin] = cells[s].size;
                left -= n;
            }
        }
    }

    @Override
    public void open(int s, int month, SegmentTerms segmentTerms, Adopters.Bench worker) {
        now = month;
        displacing = false;
        Arrays.fill(hazard[s], 0);
    }

    @Override
    public void consider(int s, int g, double share, Adopters.Bench worker) {
        double from = reach[s][g];
        if (share <= from) {
            return;
        }
        reach[s][g] = share;
        int position = offers.position(g);
        hazard[s][position] = 1 - (1 - hazard[s][position]) * (1 - share) / (1 - from);
    }

    @Override
    public void displace(int s, double[] shares, Adopters.Bench worker) {
        displacing = true;
    }

    @Override
    public void choose(
            int s, SegmentTerms segmentTerms, double[] utility, double[] shares, double nonUse, Adopters.Bench worker) {
        if (segmentTerms.peersMatter) {
            throw new IllegalStateException("adopters with peers of their own cannot be counted");
        }
        segment = s;
        terms = segmentTerms;
        review = terms.review * 0x1p-32;
        reviewHazard = Trials.hazard(review);
        bench = worker.counting();
        trials = bench.trials;
        for (double share : shares) {
            if (share > 0 && share < 1) {
                cut(s, share);
            }
        }
        int classes = worker.start(terms, utility, shares, nonUse);
        for (int c = 0; c < classes; c++) {
            bench.moves(c).start(worker.table(c), terms);
        }
        addHazards(hazard[s]);
        Arrays.fill(users[s], 0);
        Arrays.fill(consideringBy[s], 0);
        Arrays.fill(tenures[s], 0);
        bench.cells.clear();
        long monthKey = Draws.key(Draws.key(countKey, s), now);
        int intervals = lowest[s].length;
        int from = 0;
        for (int lot = 0; lot < ends[s].length; lot++) {
            int to = ends[s][lot];
            if (from < to) {
                int bin = lot / intervals;
                double rank = lowest[s][lot % intervals];
                trials.start(Draws.key(monthKey, lot));
                moves = bench.moves(worker.classOf(rank));
                moves.turnTo(mirrored ? tasteBins - 1 - bin : bin);
                long sets = spread(layOut(from, to));
                for (long left = sets; left != 0; left &= left - 1) {
                    int set = Long.numberOfTrailingZeros(left);
                    if (set != 0) {
                        chooseOf(set, shares, rank);
                    }
                    gather(set);
                }
            }
            ends[s][lot] = bench.cells.size;
            from = to;
        }
        cells[s].copy(bench.cells);
    }

    /** For each set of positions: that one who considers just that comes to consider anything else. */
    private void addHazards(double[] hazards) {
        int all = (1 << Stack.COUNT) - 1;
        anyProbability[all] = 0;
        anyHazard[all] = 0;
        for (int set = all - 1; set >= 0; set--) {
            int position = Integer.numberOfTrailingZeros(~set);
            int more = set | 1 << position;
            double p = hazards[position];
            anyProbability[set] = p + (1 - p) * anyProbability[more];
            anyHazard[set] = Trials.hazard(p) + anyHazard[more];
        }
    }

    /** Lays cells out on the sheet, with the tenure they have now; returns the sets of which there are any. */
    private long layOut(int from, int to) {
        Cells old = cells[segment];
        int[] sheet = bench.sheet;
        int[] taken = bench.taken;
        int shift = bench.setShift;
        int elapsed = now - before;
        long sets = 0;
        for (int i = from; i < to; i++) {
            int place = old.place(i);
            int set = place >> shift;
            if (set != 0) {
                int aged = Math.min(Tenure.LONG, (place & TENURES) + elapsed);
                place = place & ~TENURES | aged;
            }
            sheet[place] += old.count(i);
            taken[place >> TENURE_BITS] |= 1 << place;
            sets |= 1L << set;
        }
        return sets;
    }

    /** Lets some come to consider more; the larger sets first, so that nobody's turn comes twice. */
    private long spread(long sets) {
        int[] sheet = bench.sheet;
        int[] taken = bench.taken;
        int offerShift = bench.setShift - TENURE_BITS;
        bench.sets = sets;
        for (long left = sets; left != 0; ) {
            int set = Long.SIZE - 1 - Long.numberOfLeadingZeros(left);
            left ^= 1L << set;
            double p = anyProbability[set];
            double h = anyHazard[set];
            if (p == 0) {
                continue;
            }
            for (int row = set << offerShift; row <= (set << offerShift) + none; row++) {
                for (int bits = taken[row]; bits != 0; bits &= bits - 1) {
                    int place = row << TENURE_BITS | Integer.numberOfTrailingZeros(bits);
                    int rising = trials.successes(sheet[place], p, h);
                    if (rising > 0) {
                        sheet[place] -= rising;
                        rise(set, place, rising);
                    }
                }
            }
        }
        return bench.sets;
    }

    /** Tells what those come to consider who come to consider anything. */
    private void rise(int set, int place, int n) {
        double[] hazards = hazard[segment];
        int left = n;
        for (int position = 0; left > 0; position++) {
            double p = hazards[position];
            if ((set >> position & 1) != 0 || p == 0) {
                continue;
            }
            // Of those who have not come to any before, of whom all come to this or a later one.
            double any = anyProbability[set | (1 << position) - 1];
            int more = p == any ? left : trials.draw(left, p / any);
            add(set | 1 << position, position + 1, set, place, more);
            left -= more;
        }
    }

    /** Lets some come to consider stacks from a position on, and puts them down. */
    private void add(int set, int position, int old, int place, int n) {
        int left = n;
        for (int next = position; next < Stack.COUNT && left > 0; next++) {
            if ((set >> next & 1) == 0 && hazard[segment][next] > 0) {
                int more = trials.draw(left, hazard[segment][next]);
                add(set | 1 << next, next + 1, old, place, more);
                left -= more;
            }
        }
        if (left == 0) {
            return;
        }
        bench.sets |= 1L << set;
        if (old == 0) {
            bench.first[set] += left;
        } else {
            bench.put(place + (set - old << bench.setShift), left);
        }
    }

    /** Lets those choose who consider a set. */
    private void chooseOf(int set, double[] shares, double rank) {
        int[] sheet = bench.sheet;
        int freshTaken = chooseFirst(set);
        long farTaken = 0;
        for (int held = 0; held <= none; held++) {
            int row = (set << bench.setShift - TENURE_BITS) + held;
            boolean displaced = displacing && held < none && rank >= shares[held];
            for (int bits = bench.taken[row]; bits != 0; bits &= bits - 1) {
                int tenure = Integer.numberOfTrailingZeros(bits);
                int place = row << TENURE_BITS | tenure;
                int n = sheet[place];
                if (n == 0) {
                    continue;
                }
                int bin = Tenure.bin(tenure);
                int at = moves.at(set, held, bin);
                int leavers;
                if (displaced) {
                    moves.prepare(set, held, bin);
                    leavers = trials.draw(n, moves.leave(at));
                } else if (!moves.prepared(at) && n * reviewHazard < RARE) {
                    // Who reviews is told first: hardly ever does anybody, and then nothing has to be worked out.
                    int reviewers = trials.successes(n, review, reviewHazard);
                    if (reviewers == 0) {
                        continue;
                    }
                    moves.prepare(set, held, bin);
                    leavers = trials.draw(reviewers, moves.leave(at));
                } else {
                    moves.prepare(set, held, bin);
                    leavers = trials.successes(n, review * moves.leave(at), moves.hazard(at));
                }
                if (leavers > 0) {
                    sheet[place] = n - leavers;
                    if (held == none) {
                        int kept = terms.kept(Offers.NONE, tenure);
                        bench.fresh[kept] += leavers;
                        freshTaken |= 1 << kept;
                    } else {
                        farTaken |= leave(set, held, tenure, leavers);
                    }
                }
            }
        }
        for (int bits = freshTaken; bits != 0; bits &= bits - 1) {
            int kept = Integer.numberOfTrailingZeros(bits);
            moves.weights(set, bench.weights);
            scatter(bench.fresh[kept], kept);
            bench.fresh[kept] = 0;
        }
        for (long bits = farTaken; bits != 0; bits &= bits - 1) {
            int relatives = Long.numberOfTrailingZeros(bits);
            moves.weights(set & ~relatives, bench.weights);
            scatter(bench.far[relatives], 0);
            bench.far[relatives] = 0;
        }
    }

    /** Lets those choose to whom the first stack has come to mind; returns whether any of them choose to use it. */
    private int chooseFirst(int set) {
        int n = bench.first[set];
        if (n == 0) {
            return 0;
        }
        bench.first[set] = 0;
        moves.prepare(set, none, 0);
        int users = trials.draw(n, moves.leave(moves.at(set, none, 0)));
        bench.move(none, 0, n - users);
        int kept = terms.kept(Offers.NONE, 0);
        bench.fresh[kept] += users;
        return users == 0 ? 0 : 1 << kept;
    }

    /** Tells where those go who leave an offer; those who go far are noted. Returns the bit of where they are noted. */
    private long leave(int set, int held, int tenure, int n) {
        int bin = Tenure.bin(tenure);
        int at = moves.at(set, held, bin);
        double all = moves.leave(at);
        double far = moves.far(at, set, held, bin);
        double toNone = moves.toNone(at);
        int relatives = moves.relatives(held);
        int[] near = moves.near(held);
        int gone = 0;
        if (n <= near.length) {
            for (int i = 0; i < n; i++) {
                double u = trials.unit() * all - far;
                if (u < 0) {
                    gone++;
                } else {
                    int offer = none;
                    u -= toNone;
                    for (int j = 0; j < near.length && u >= 0; j++) {
                        int next = near[j];
                        double p = (set >> moves.position[next] & 1) == 0 ? 0 : moves.to(at, held, bin, next);
                        if (p > 0) {
                            offer = next;
                            u -= p;
                        }
                    }
                    bench.move(offer, terms.kept(offers.move(held, offer), tenure), 1);
                }
            }
        } else {
            gone = trials.draw(n, far / all);
            int left = n - gone;
            double rest = all - far;
            for (int j = 0; j < near.length && left > 0; j++) {
                int next = near[j];
                if ((set >> moves.position[next] & 1) != 0) {
                    double p = moves.to(at, held, bin, next);
                    int to = trials.draw(left, p / rest);
                    bench.move(next, terms.kept(offers.move(held, next), tenure), to);
                    left -= to;
                    rest -= p;
                }
            }
            bench.move(none, terms.kept(Offers.NONE, tenure), left);
        }
        bench.far[relatives] += gone;
        return gone == 0 ? 0 : 1L << relatives;
    }

    /** Lets some choose by the bench's weights, and puts them down with a tenure. */
    private void scatter(int n, int tenure) {
        double[] weights = bench.weights;
        double rest = 0;
        for (int k = 0; k < none; k++) {
            rest += weights[k];
        }
        if (n <= none) {
            for (int i = 0; i < n; i++) {
                double u = trials.unit() * rest;
                int offer = -1;
                for (int k = 0; k < none && u >= 0; k++) {
                    if (weights[k] > 0) {
                        offer = k;
                        u -= weights[k];
                    }
                }
                bench.move(offer, tenure, 1);
            }
            return;
        }
        int left = n;
        int last = none - 1;
        while (weights[last] == 0) {
            last--;
        }
        for (int k = 0; k <= last && left > 0; k++) {
            int to = k == last ? left : trials.draw(left, weights[k] / rest);
            bench.move(k, tenure, to);
            left -= to;
            rest -= weights[k];
        }
    }

    /** Takes those of a set from the sheet and counts them. */
    private void gather(int set) {
        int[] sheet = bench.sheet;
        int all = 0;
        for (int held = 0; held <= none; held++) {
            int row = (set << bench.setShift - TENURE_BITS) + held;
            int of = 0;
            for (int bits = bench.taken[row] | bench.movedTaken[held]; bits != 0; bits &= bits - 1) {
                int tenure = Integer.numberOfTrailingZeros(bits);
                int place = row << TENURE_BITS | tenure;
                int within = held << TENURE_BITS | tenure;
                int n = sheet[place] + bench.moved[within];
                sheet[place] = 0;
                bench.moved[within] = 0;
                bench.cells.add(place, n);
                of += n;
                if (held != none) {
                    tenures[segment][tenure] += n;
                }
            }
            bench.taken[row] = 0;
            bench.movedTaken[held] = 0;
            users[segment][held] += of;
            all += of;
        }
        consideringBy[segment][offers.setOrder[set]] += all;
    }

    /** Cuts the interval in which a rank lies, and all cells that stand for it. */
    private void cut(int s, double rank) {
        double[] old = lowest[s];
        int at = Arrays.binarySearch(old, rank);
        if (at >= 0) {
            return;
        }
        int made = -1 - at;
        int cutUp = made - 1;
        double high = made == old.length ? 1 : old[made];
        double above = (high - rank) / (high - old[cutUp]);
        lowest[s] = Arrays.copyOf(old, old.length + 1);
        System.arraycopy(old, made, lowest[s], made + 1, old.length - made);
        lowest[s][made] = rank;
        long cutKey = Draws.key(Draws.key(Draws.key(countKey, s), now), -old.length);
        int[] cutEnds = new int[tasteBins * lowest[s].length];
        Cells whole = cells[s];
        Cells parts = bench.cells;
        parts.clear();
        int cell = 0;
        int lot = 0;
        for (int i = 0; i < ends[s].length; i++) {
            int from = cell;
            boolean cutNow = i % old.length == cutUp;
            int[] moved = cutNow ? new int[ends[s][i] - from] : null;
            if (cutNow) {
                trials.start(Draws.key(cutKey, i / old.length));
            }
            for (; cell < ends[s][i]; cell++) {
                int up = 0;
                if (cutNow) {
                    up = trials.draw(whole.count(cell), above);
                    moved[cell - from] = up;
                }
                parts.add(whole.place(cell), whole.count(cell) - up);
            }
            cutEnds[lot++] = parts.size;
            if (cutNow) {
                for (cell = from; cell < ends[s][i]; cell++) {
                    parts.add(whole.place(cell), moved[cell - from]);
                }
                cutEnds[lot++] = parts.size;
            }
        }
        whole.copy(parts);
        ends[s] = cutEnds;
    }

    @Override
    public void close() {
        before = now;
    }

    @Override
    public double switchingCostHeld(int s, SegmentTerms segmentTerms) {
        double sum = 0;
        for (int months = 0; months <= Tenure.LONG; months++) {
            sum += tenures[s][months] * segmentTerms.lockIn[Tenure.bin(months)];
        }
        return sum * segmentTerms.cost[Offers.OTHER];
    }
}
