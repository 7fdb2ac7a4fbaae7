package twostacks.agents;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What is known of a nation before the simulation starts.
 *
 * @param iso3 ISO 3166 alpha-3 code (XKX for Kosovo); draws are keyed by it
 * @param name short name
 * @param population people
 * @param gdp gross domestic product, USD a year
 * @param internetShare share of people online at the start
 * @param alignment standardised UN ideal point, higher is closer to the United States
 * @param usTier destination tier of United States controls: 1, 2, 3 or CN; empty for their home
 * @param cnTier destination tier of Chinese controls: 1, 2, 3 or US; empty for their home
 * @param usEmbargo whether United States services may not be supplied at all
 * @param notServedBy labs whose services are not offered there
 * @param closedTo names of blocs whose services domestic law keeps out
 * @param trustSurvey surveyed trust by bloc, NaN where none is known
 * @param languageSupport how well open models serve its languages, 0 to 1
 * @param latitude degrees north
 * @param longitude degrees east
 * @param connected whether it takes part in the network of nations and in the world's sums
 * @param trustLinks weights of other nations' trust by ISO 3166 code; empty for the model's own network
 * @param initialTrust trust by bloc at the start, NaN for the anchor
 */
public record NationFacts(
        String iso3,
        String name,
        double population,
        double gdp,
        double internetShare,
        double alignment,
        String usTier,
        String cnTier,
        boolean usEmbargo,
        List<String> notServedBy,
        List<String> closedTo,
        double[] trustSurvey,
        double languageSupport,
        double latitude,
        double longitude,
        boolean connected,
        Map<String, Double> trustLinks,
        double[] initialTrust) {

    /** Checks what the equations rely on. */
    public NationFacts {
        require(iso3 != null && iso3.length() == 3, iso3, "needs a code of three letters");
        require(population >= 0, iso3, "has a negative population");
        require(gdp >= 0, iso3, "has a negative gross domestic product");
        require(internetShare >= 0 && internetShare <= 1, iso3, "has an internet share outside [0, 1]");
        require(Double.isFinite(alignment), iso3, "has no alignment");
        require(languageSupport >= 0 && languageSupport <= 1, iso3, "has a language support outside [0, 1]");
    }

    /**
     * Income.
     *
     * @return USD a head a year; 0 for a nation without people
     */
    public double income() {
        return population > 0 ? gdp / population : 0;
    }

    /** Facts are equal if all are, the numbers in their lists to the bit. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NationFacts facts && values().equals(facts.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "NationFacts" + values();
    }

    /** All components, with lists for arrays. */
    private List<Object> values() {
        return List.of(
                iso3,
                name,
                population,
                gdp,
                internetShare,
                alignment,
                usTier,
                cnTier,
                usEmbargo,
                notServedBy,
                closedTo,
                Arrays.stream(trustSurvey).boxed().toList(),
                languageSupport,
                latitude,
                longitude,
                connected,
                trustLinks,
                Arrays.stream(initialTrust).boxed().toList());
    }

    private static void require(boolean holds, String iso3, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("nation " + iso3 + " " + otherwise);
        }
    }
}
