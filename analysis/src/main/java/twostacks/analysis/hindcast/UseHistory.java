package twostacks.analysis.hindcast;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run came to, as far as any source measures it: who used what, in each nation and month. The columns are those
 * of {@code nations.csv}, {@code segments.csv} and {@code offers.csv}; whoever holds such tables can fill one.
 */
public final class UseHistory {

    /**
     * An offer.
     *
     * @param lab lab; {@code own} for a nation's own model
     * @param stack its stack, as in {@code offers.csv}
     * @param service whether it is the vendor's own service
     * @param self whether users run the weights themselves
     */
    public record Offer(String lab, String stack, boolean service, boolean self) {
        /**
         * Whether its lab is Chinese.
         *
         * @return true for both Chinese stacks
         */
        public boolean chinese() {
            return stack.startsWith("cn_");
        }

        /**
         * Whether its lab is of the United States.
         *
         * @return true for both stacks of the United States
         */
        public boolean american() {
            return stack.startsWith("us_");
        }
    }

    private final int firstMonth;
    private final List<String> nations;
    private final List<String> segments;
    private final List<Offer> offers;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final double[] people;
    private final double[][] online;
    private final double[][] trustUs;
    private final double[][] trustCn;
    private final double[][][] tokens;
    private final double[][][][] use;
    private final double[][][][] newcomers;
    private int months;

    /**
     * An empty history.
     *
     * @param firstMonth first month, counted from the year 0 (year × 12 + month − 1)
     * @param months most months that it will hold
     * @param nations nations, ISO 3166 alpha-3, in a fixed order
     * @param people people of each
     * @param segments names of segments; the first are consumers
     * @param offers offers
     */
    public UseHistory(
            int firstMonth,
            int months,
            List<String> nations,
            double[] people,
            List<String> segments,
            List<Offer> offers) {
        this.firstMonth = firstMonth;
        this.nations = List.copyOf(nations);
        this.people = people.clone();
        this.segments = List.copyOf(segments);
        this.offers = List.copyOf(offers);
        for (String nation : nations) {
            places.put(nation, places.size());
        }
        online = new double[months][nations.size()];
        trustUs = new double[months][nations.size()];
        trustCn = new double[months][nations.size()];
        tokens = new double[months][nations.size()][segments.size()];
        use = new double[months][nations.size()][segments.size()][];
        newcomers = new double[months][nations.size()][segments.size()][];
    }

    /** Starts the next month. */
    public void nextMonth() {
        months++;
    }

    /**
     * Notes a nation in the current month.
     *
     * @param nation its place
     * @param shareOnline share of people online
     * @param trustInUs trust in United States AI, as adopters see it
     * @param trustInCn trust in Chinese AI, as adopters see it
     */
    public void nation(int nation, double shareOnline, double trustInUs, double trustInCn) {
        online[months - 1][nation] = shareOnline;
        trustUs[months - 1][nation] = trustInUs;
        trustCn[months - 1][nation] = trustInCn;
    }

    /**
     * Notes a segment of a nation in the current month.
     *
     * @param nation its place
     * @param segment its place
     * @param tokenWeight tokens a month that its adopters would use if all of them used something, in any unit
     * @param shares share of the segment's adopters on each offer
     */
    public void segment(int nation, int segment, double tokenWeight, double[] shares) {
        tokens[months - 1][nation][segment] = tokenWeight;
        use[months - 1][nation][segment] = shares.clone();
    }

    /**
     * Notes who came to consider a stack in the current month; nobody, unless noted.
     *
     * @param nation its place
     * @param segment its place
     * @param services share of the segment's adopters who came to consider a stack of services, over all such stacks
     * @param chineseServices of these, the Chinese one
     */
    public void newcomers(int nation, int segment, double services, double chineseServices) {
        newcomers[months - 1][nation][segment] = new double[] {services, chineseServices};
    }

    /**
     * First month.
     *
     * @return months, counted from the year 0
     */
    public int firstMonth() {
        return firstMonth;
    }

    /**
     * Months that it holds.
     *
     * @return number
     */
    public int months() {
        return months;
    }

    /**
     * Nations.
     *
     * @return codes in order
     */
    public List<String> nations() {
        return nations;
    }

    /**
     * Place of a nation.
     *
     * @param iso3 code
     * @return place, −1 if it has none
     */
    public int place(String iso3) {
        return places.getOrDefault(iso3, -1);
    }

    /**
     * Place of a segment.
     *
     * @param name name
     * @return place, −1 if there is none
     */
    public int segment(String name) {
        return segments.indexOf(name);
    }

    /**
     * Offers.
     *
     * @return offers in order
     */
    public List<Offer> offers() {
        return offers;
    }

    double people(int nation) {
        return people[nation];
    }

    double online(int month, int nation) {
        return online[month][nation];
    }

    double trust(boolean us, int month, int nation) {
        return us ? trustUs[month][nation] : trustCn[month][nation];
    }

    double tokens(int month, int nation, int segment) {
        return tokens[month][nation][segment];
    }

    /** Share of the segment's adopters on each offer. */
    double[] use(int month, int nation, int segment) {
        return use[month][nation][segment];
    }

    /** Share of the segment's adopters who came to consider a stack of services: any, and the Chinese one. */
    double newcomers(int month, int nation, int segment, boolean chinese) {
        double[] noted = newcomers[month][nation][segment];
        return noted == null ? 0 : noted[chinese ? 1 : 0];
    }
}
