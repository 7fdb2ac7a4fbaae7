package twostacks.facts;

import java.util.List;
import twostacks.input.Place;

/**
 * A row of a table of nations; a figure that is missing is NaN.
 *
 * @param place where the row stands
 * @param iso3 ISO 3166 alpha-3 code
 * @param iso2 ISO 3166 alpha-2 code; empty if the table has none
 * @param name short name
 * @param region region of the UN's scheme
 * @param subregion subregion of the UN's scheme
 * @param population people
 * @param gdp USD a year
 * @param internetShare share of people online
 * @param idealPoint UN ideal point
 * @param tier destination tier of United States controls: 1, 2, 3 or CN
 * @param usEmbargo whether United States services may not be supplied
 * @param notServedBy labs that do not offer their services there
 * @param closedTo blocs whose services domestic law keeps out
 * @param trustUs surveyed trust in the United States
 * @param trustCn surveyed trust in China
 * @param languageSupport how well open models serve its languages
 * @param latitude degrees north
 * @param longitude degrees east
 */
public record NationRow(
        Place place,
        String iso3,
        String iso2,
        String name,
        String region,
        String subregion,
        double population,
        double gdp,
        double internetShare,
        double idealPoint,
        String tier,
        boolean usEmbargo,
        List<String> notServedBy,
        List<String> closedTo,
        double trustUs,
        double trustCn,
        double languageSupport,
        double latitude,
        double longitude) {
    /** Copies the lists. */
    public NationRow {
        notServedBy = List.copyOf(notServedBy);
        closedTo = List.copyOf(closedTo);
    }

    /**
     * GDP per head.
     *
     * @return USD a year; NaN if either figure is missing
     */
    public double income() {
        return gdp / population;
    }
}
