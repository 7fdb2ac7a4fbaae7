package twostacks.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import twostacks.input.Problem;
import twostacks.input.Problems;
import twostacks.input.Source;

class TablesTest {
    private static final String NATIONS =
            "iso3,name,region,subregion,population,gdp_usd,internet_share,un_ideal_point,tier,us_embargo,"
                    + "not_served_by,closed_to,trust_us,trust_cn,language_support,lat,lon\n";
    private static final String MODELS = "lab,home,model,date,access,capability,price_in,price_out,later_price_in,"
            + "later_price_out,licence_freedom,source\n";

    private final Problems problems = new Problems();

    private List<String> found() {
        return problems.all().stream().map(Problem::toString).toList();
    }

    @Test
    void theBundledTablesAreReadWhole() {
        assertEquals(198, NationTable.bundled().rows().size());
        assertTrue(ModelTable.bundled().rows().size() > 200);
    }

    @Test
    void theDataEndIsTheMonthAfterTheLastRelease() {
        int last = ModelTable.bundled().rows().stream()
                .mapToInt(ModelRow::month)
                .max()
                .orElseThrow();
        assertEquals(BundledFacts.DATA_END, last + 1);
    }

    @Test
    void moneyIsInDollarsAfterReading() {
        assertEquals(27_360_935e6, NationTable.bundled().rows().get("USA").gdp());
    }

    @Test
    void aUsersTableOfNationsIsCheckedFieldByField() {
        NationTable.read(
                Source.of(
                        "n.csv",
                        NATIONS + "IND,India,Asia,Southern Asia,1e9,4e6,0.5,0.1,2,0,,,,,1,20,77\n"
                                + "IND,India,Asia,Southern Asia,1e9,4e6,0.5,0.1,2,0,,,,,1,20,77\n"
                                + "in,India,Asia,Southern Asia,many,4e6,50,0.1,4,2,,EU;US,,,1,200,77\n"),
                problems);
        assertEquals(
                List.of(
                        "n.csv:3:1: 'IND' stands here again; expected each nation once",
                        "n.csv:4:1: iso3 is 'in'; expected an ISO 3166 alpha-3 code of three capital letters",
                        "n.csv:4:29: population is 'many'; expected a number from 0 to 1000000000000000",
                        "n.csv:4:38: internet_share is 50; expected a number from 0 to 1",
                        "n.csv:4:45: tier is '4'; expected one of 1, 2, 3, CN",
                        "n.csv:4:47: us_embargo is '2'; expected true or false",
                        "n.csv:4:50: closed_to is 'EU'; expected one of US, CN, other",
                        "n.csv:4:60: lat is 200; expected a number from -90 to 90"),
                found());
    }

    @Test
    void aUsersTableOfModelsIsCheckedFieldByField() {
        ModelTable.read(Source.of("m.csv", MODELS + "Zhipu,China,GLM,2026-13,opened,-1,1,1,,,2,me\n"), problems);
        assertEquals(
                List.of(
                        "m.csv:2:7: home is 'China'; expected an ISO 3166 alpha-3 code of three capital letters",
                        "m.csv:2:17: date is '2026-13'; expected a month such as 2026-06 or a day such as 2026-06-16",
                        "m.csv:2:25: access is 'opened'; expected one of open, closed, restricted; did you mean 'open'?",
                        "m.csv:2:32: capability is -1; expected a number from 0 to 1000",
                        "m.csv:2:41: licence_freedom is 2; expected a number from 0 to 1"),
                found());
    }

    @Test
    void aNationIsFoundByNameAndByEitherCode() {
        NationTable table = NationTable.bundled();
        assertEquals("IND", table.codeOf("india", table.rows().keySet()));
        assertEquals("IND", table.codeOf("in", table.rows().keySet()));
        assertEquals("IND", table.codeOf("ind", table.rows().keySet()));
        assertEquals("", table.codeOf("Atlantis", table.rows().keySet()));
        assertEquals("", table.codeOf("India", List.of("FRA")));
    }
}
