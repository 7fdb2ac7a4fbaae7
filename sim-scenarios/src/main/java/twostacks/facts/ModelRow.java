package twostacks.facts;

import twostacks.input.Place;

/**
 * A release in a table of models; a figure that is missing is NaN.
 *
 * @param place where the row stands
 * @param lab lab
 * @param home ISO 3166 alpha-3 code of the lab's home
 * @param model name of the model
 * @param month month of its release, counted from the year 0
 * @param access open, closed or restricted
 * @param capability points of the index
 * @param priceIn list price of input at release, USD/Mtok
 * @param priceOut list price of output at release, USD/Mtok
 * @param laterPriceIn list price of input later, USD/Mtok
 * @param laterPriceOut list price of output later, USD/Mtok
 * @param laterMonth month of that price; −1 if unknown
 * @param licenceFreedom freedom of the licence, 0 to 1
 * @param source where it is known from
 */
public record ModelRow(
        Place place,
        String lab,
        String home,
        String model,
        int month,
        Access access,
        double capability,
        double priceIn,
        double priceOut,
        double laterPriceIn,
        double laterPriceOut,
        int laterMonth,
        double licenceFreedom,
        String source) {

    /** Who can have a model. */
    public enum Access {
        /** Its weights are published. */
        OPEN,
        /** Whoever calls the vendor's service. */
        CLOSED,
        /** A few partners. */
        RESTRICTED
    }
}
